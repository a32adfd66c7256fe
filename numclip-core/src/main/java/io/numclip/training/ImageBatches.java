package io.numclip.training;

import io.numclip.clip.ClipPreprocessor;
import io.numclip.data.LabeledImage;
import java.util.Iterator;
import java.util.List;

/**
 * Images as pixels, batch after batch, read ahead by a few threads while the network works. An image that cannot be read
 * is left out and reported; more than one in a hundred end the run.
 */
public final class ImageBatches implements AutoCloseable {

    /** Told of each image that cannot be read, once. */
    @FunctionalInterface
    public interface SkippedImages {
        void skipped(String name, String reason);
    }

    /**
     * Pixels of the readable images of a batch.
     *
     * @param indices into the list of images
     * @param pixels one array of 3·H·W values for each index; never to be written to
     */
    public record Batch(List<Integer> indices, List<float[]> pixels) {}

    /** @param cacheMegabytes memory for pixels that are kept from epoch to epoch */
    public ImageBatches(
            List<LabeledImage> images, ClipPreprocessor preprocessor, int cacheMegabytes, SkippedImages skippedImages) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * @param order indices of images in the order wanted
     * @param batchSize the last batch may be smaller; a batch of which no image is readable is left out
     */
    public Iterator<Batch> batches(int[] order, int batchSize) {
        throw new UnsupportedOperationException("not yet");
    }

    /** A random order of {@code 0 … count − 1} that depends on seed and epoch alone. */
    public static int[] permutation(int count, long seed, int epoch) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {}
}
