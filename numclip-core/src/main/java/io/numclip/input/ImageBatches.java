package io.numclip.input;

import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Images of a data set as {@link PixelBatches}, read ahead while the network computes. An image that cannot be read is
 * left out and reported; if more than one in a hundred cannot be read, the run ends. For one consumer at a time, or for
 * {@link Workers}.
 */
public final class ImageBatches implements AutoCloseable {

    /** Told of each image that cannot be read, once. */
    @FunctionalInterface
    public interface SkippedImages {
        /** The image is left out. */
        void imageSkipped(String name, String reason);

        /** The image is used, though its decoder says that the file is damaged. */
        default void imageDamaged(String name, String words) {
            LoggerFactory.getLogger(ImageBatches.class).warn("{} is damaged, and used as it is: {}", name, words);
        }
    }

    private static final double LARGEST_SKIPPED_SHARE = 0.01;

    private final List<LabeledImage> images;
    private final PixelReader reader;
    private final PixelBatches pixels;
    private final SkippedImages skippedImages;
    private final Set<Integer> skipped = new HashSet<>();

    /**
     * @param images all that are asked for, even if batches of only some are taken: the share is theirs
     * @param cacheMegabytes memory for pixels that are kept from epoch to epoch; at most a quarter of the heap is used
     */
    public ImageBatches(
            List<LabeledImage> images, ClipPreprocessor preprocessor, int cacheMegabytes, SkippedImages skippedImages) {
        this(
                images,
                new PixelReader(images, preprocessor, cacheMegabytes),
                new PixelBatches(preprocessor),
                skippedImages);
    }

    /** For a single look at the images. */
    public ImageBatches(
            List<LabeledImage> images, ClipPreprocessor preprocessor, Workers workers, SkippedImages skippedImages) {
        this(
                images,
                new PixelReader(images, preprocessor, 0),
                new PixelBatches(List.of(preprocessor), workers),
                skippedImages);
    }

    private ImageBatches(
            List<LabeledImage> images, PixelReader reader, PixelBatches pixels, SkippedImages skippedImages) {
        this.images = images;
        this.reader = reader;
        this.pixels = pixels;
        this.skippedImages = skippedImages;
    }

    /** The images as they are. */
    public Iterator<PixelBatch> batches(int[] order, int batchSize) {
        return batches(order, batchSize, index -> View.PLAIN);
    }

    /**
     * A batch is valid until the next call of {@code hasNext} or {@code next}; for workers, as long as they use it.
     *
     * @param order indices of the images, in the order wanted
     * @param batchSize the last batch may be smaller; a batch without a readable image is left out
     * @param views how the image of an index is seen
     */
    public Iterator<PixelBatch> batches(int[] order, int batchSize, IntFunction<View> views) {
        Iterator<PixelBatch> all = pixels.batches(
                IntStream.of(order)
                        .mapToObj(index -> new Seen(index, views.apply(index), reader))
                        .iterator(),
                batchSize);
        return new Whole(all);
    }

    private record Seen(int index, View view, PixelReader reader) implements PixelBatches.Image {
        @Override
        public Optional<String> read(List<FloatBuffer> pixels) throws IOException {
            return reader.read(index, view, pixels.get(0));
        }
    }

    /** Reports an image that cannot be used, like one that cannot be read. */
    public void leaveOut(int index, String problem) {
        if (!skipped.add(index)) {
            return;
        }
        skippedImages.imageSkipped(images.get(index).name(), problem);
        if (skipped.size() > Math.max(1, images.size() * LARGEST_SKIPPED_SHARE)) {
            throw new NumClipException(
                    Kind.DATA,
                    skipped.size() + " of " + images.size() + " images cannot be read; the last one is "
                            + images.get(index).name() + ": " + problem,
                    "Remove or repair the images; at most one in a hundred may be unreadable.");
        }
    }

    @Override
    public void close() {
        pixels.close();
    }

    /** Reports what cannot be read or is damaged, and leaves out batches without a readable image. */
    private final class Whole implements Iterator<PixelBatch> {

        private final Iterator<PixelBatch> all;
        private @Nullable PixelBatch upcoming;

        Whole(Iterator<PixelBatch> all) {
            this.all = all;
        }

        @Override
        public boolean hasNext() {
            Stopping.ifAsked();
            while (upcoming == null && all.hasNext()) {
                PixelBatch batch = all.next();
                batch.problems().forEach(ImageBatches.this::leaveOut);
                batch.damage()
                        .forEach((index, words) ->
                                skippedImages.imageDamaged(images.get(index).name(), words));
                upcoming = batch.indices().isEmpty() ? null : batch;
            }
            return upcoming != null;
        }

        @Override
        public PixelBatch next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            PixelBatch result = Objects.requireNonNull(upcoming);
            upcoming = null;
            return result;
        }
    }
}
