package io.numclip.input;

import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.LabeledImage;
import io.numclip.input.ImageBatches.SkippedImages;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks once at images of a data set, by the workers of an {@link Engine}. An image that cannot be read is left out and
 * reported, as in {@link ImageBatches}.
 *
 * @param <R> what is found in an image
 */
public final class ImageScan<R> implements AutoCloseable {

    private final List<LabeledImage> images;
    private final SkippedImages skipped;
    private final LeftOutImages leftOut;
    private final Engine<Seen<R>> engine;

    /** Takes what was found in an image. */
    @FunctionalInterface
    public interface Sink<R> {
        /** @param damage what the decoder says is damaged about the image; null: nothing */
        void found(int index, R found, @Nullable String damage) throws IOException;
    }

    /** @param problem why the image cannot be read; null where something is found */
    private record Seen<R>(
            @Nullable R found,
            @Nullable String damage,
            @Nullable String problem) {}

    /**
     * @param images all that are asked for, even if only some are looked at: the share of those left out is theirs
     * @param look finds one thing for each image of a batch
     */
    public ImageScan(
            List<LabeledImage> images,
            ClipPreprocessor preprocessor,
            Budget budget,
            Function<PixelBatch, List<R>> look,
            SkippedImages skipped) {
        this.images = images;
        this.skipped = skipped;
        this.leftOut = new LeftOutImages(images, skipped);
        this.engine = new Engine<>(
                new PixelWork<>(
                        new PixelPool(List.of(preprocessor)),
                        batch -> seen(batch, look.apply(batch)),
                        problem -> new Seen<R>(null, null, problem)),
                budget);
    }

    private static <R> List<Seen<R>> seen(PixelBatch batch, List<R> found) {
        return IntStream.range(0, found.size())
                .mapToObj(i -> new Seen<>(found.get(i), batch.damage().get(i), null))
                .toList();
    }

    /**
     * @param chosen indices of the images
     * @param sink called on this thread, in their order
     */
    public void run(int[] chosen, Sink<R> sink) throws IOException {
        engine.run(IntStream.of(chosen).iterator(), index -> images.get(index).source(), List.of(), (index, seen) -> {
            R found = seen.found();
            if (found == null) {
                leaveOut(index, String.valueOf(seen.problem()));
                return;
            }
            if (seen.damage() != null) {
                skipped.imageDamaged(images.get(index).name(), seen.damage());
            }
            sink.found(index, found, seen.damage());
        });
    }

    /** Reports an image that cannot be used, like one that cannot be read. */
    public void leaveOut(int index, String problem) {
        leftOut.add(index, problem);
    }

    @Override
    public void close() {
        engine.close();
    }
}
