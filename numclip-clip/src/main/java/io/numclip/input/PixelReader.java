package io.numclip.input;

import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.pixels.CropPlace;
import io.numclip.data.LabeledImage;
import io.numclip.data.RgbRows;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Pixels of single images. Those of the centre are kept in memory, up to a limit. Thread-safe. */
final class PixelReader {

    private final List<LabeledImage> images;
    private final ClipPreprocessor preprocessor;
    private final AtomicReferenceArray<float[]> kept;
    private final AtomicInteger room;

    PixelReader(List<LabeledImage> images, ClipPreprocessor preprocessor, int cacheMegabytes) {
        this.images = images;
        this.preprocessor = preprocessor;
        this.kept = new AtomicReferenceArray<>(images.size());
        long bytes =
                Math.min(cacheMegabytes * 1024L * 1024L, Runtime.getRuntime().maxMemory() / 4);
        long bytesPerImage = 3L * preprocessor.height() * preprocessor.width() * Float.BYTES;
        this.room = new AtomicInteger((int) Math.min(images.size(), bytes / bytesPerImage));
    }

    /**
     * @param pixels a buffer of exactly 3·H·W values to write
     * @return what is damaged, as {@link RgbRows#damage}; empty for pixels that were kept
     */
    Optional<String> read(int index, View view, FloatBuffer pixels) throws IOException {
        boolean center = view.place().equals(CropPlace.CENTER);
        float[] known = center ? kept.get(index) : null;
        Optional<String> damage = Optional.empty();
        if (known != null) {
            pixels.put(0, known);
        } else {
            RgbRows rows = images.get(index).source().rows();
            preprocessor.write(rows, view.place(), pixels);
            damage = rows.damage();
        }
        if (center && known == null) {
            keep(index, pixels);
        }
        if (view.mirrored()) {
            mirror(pixels);
        }
        if (!view.warp().isNone()) {
            view.warp().apply(pixels, preprocessor.height(), preprocessor.width());
        }
        return damage;
    }

    private void keep(int index, FloatBuffer pixels) {
        if (room.getAndUpdate(free -> Math.max(0, free - 1)) > 0) {
            float[] copy = new float[pixels.capacity()];
            pixels.get(0, copy);
            kept.set(index, copy);
        }
    }

    private void mirror(FloatBuffer pixels) {
        float[] row = new float[preprocessor.width()];
        for (int start = 0; start < pixels.capacity(); start += row.length) {
            pixels.get(start, row);
            for (int x = 0; x < row.length; x++) {
                pixels.put(start + x, row[row.length - 1 - x]);
            }
        }
    }
}
