package io.numclip.input;

import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.LabeledImage;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Images of a data set as {@link PixelBatches}, read ahead while the network computes. An image that cannot be read is
 * left out and reported; if more than one in a hundred cannot be read, the run ends. For one consumer at a time.
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

    private final List<LabeledImage> images;
    private final PixelReader reader;
    private final PixelBatches pixels;
    private final SkippedImages skippedImages;
    private final LeftOutImages leftOut;

    /**
     * @param images all that are asked for, even if batches of only some are taken: the share is theirs
     * @param cacheMegabytes memory for pixels that are kept from epoch to epoch; at most a quarter of the heap is used
     */
    public ImageBatches(
            List<LabeledImage> images, ClipPreprocessor preprocessor, int cacheMegabytes, SkippedImages skippedImages) {
        this.images = images;
        this.reader = new PixelReader(images, preprocessor, cacheMegabytes);
        this.pixels = new PixelBatches(preprocessor);
        this.skippedImages = skippedImages;
        this.leftOut = new LeftOutImages(images, skippedImages);
    }

    /** The images as they are. */
    public Iterator<PixelBatch> batches(int[] order, int batchSize) {
        return batches(order, batchSize, index -> View.PLAIN);
    }

    /**
     * A batch is valid until the next call of {@code hasNext} or {@code next}.
     *
     * @param order indices of the images, in the order wanted
     * @param batchSize the last batch may be smaller; a batch without a readable image is left out
     * @param views how the image of an index is seen
     */
    public Iterator<PixelBatch> batches(int[] order, int batchSize, IntFunction<View> views) {
        return new Whole(
                pixels.batches(order, batchSize, (index, values) -> reader.read(index, views.apply(index), values)));
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
                batch.problems().forEach(leftOut::add);
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
