package io.numclip.training;

import io.numclip.clip.ClipPreprocessor;
import io.numclip.data.LabeledImage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Pixels of single images, kept in memory up to a limit. Safe for several threads. */
final class PixelReader {

    /** Pixels, or why there are none. */
    static final class Result {
        final int index;
        final float @Nullable [] pixels;
        final String problem;

        private Result(int index, float @Nullable [] pixels, String problem) {
            this.index = index;
            this.pixels = pixels;
            this.problem = problem;
        }
    }

    private final List<LabeledImage> images;
    private final ClipPreprocessor preprocessor;
    private final AtomicReferenceArray<Result> kept;
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

    /** The same result at every call, as long as it is kept. */
    Result read(int index) {
        Result known = kept.get(index);
        if (known != null) {
            return known;
        }
        Result result = readAnew(index);
        if (result.pixels == null || room.getAndUpdate(free -> Math.max(0, free - 1)) > 0) {
            kept.set(index, result);
        }
        return result;
    }

    private Result readAnew(int index) {
        try {
            return new Result(
                    index, preprocessor.pixels(images.get(index).source().read()), "");
        } catch (IOException | RuntimeException e) { // decoders throw both for a broken file
            return new Result(index, null, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
