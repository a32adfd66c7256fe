package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Images as pixels, batch after batch, read ahead by a few threads while the network works. An image that cannot be read
 * is left out and reported; more than one in a hundred end the run. For one consumer at a time.
 */
public final class ImageBatches implements AutoCloseable {

    /** Told of each image that cannot be read, once. */
    @FunctionalInterface
    public interface SkippedImages {
        void skipped(String name, String reason);
    }

    private static final int READERS = 2;
    private static final int BATCHES_AHEAD = 2;
    private static final double LARGEST_SKIPPED_SHARE = 0.01;

    private final List<LabeledImage> images;
    private final Shape imageShape;
    private final PixelReader reader;
    private final SkippedImages skippedImages;
    private final Set<Integer> skipped = new HashSet<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(READERS, task -> {
        Thread thread = new Thread(task, "image-reader");
        thread.setDaemon(true);
        return thread;
    });

    /** @param cacheMegabytes memory for pixels that are kept from epoch to epoch; at most a quarter of the heap is used */
    public ImageBatches(
            List<LabeledImage> images, ClipPreprocessor preprocessor, int cacheMegabytes, SkippedImages skippedImages) {
        this.images = images;
        this.imageShape = new Shape(3, preprocessor.height(), preprocessor.width());
        this.reader = new PixelReader(images, preprocessor, cacheMegabytes);
        this.skippedImages = skippedImages;
    }

    /**
     * @param order indices of images in the order wanted
     * @param batchSize the last batch may be smaller; a batch of which no image is readable is left out
     */
    public Iterator<Batch> batches(int[] order, int batchSize) {
        return new ReadAhead(order, batchSize);
    }

    /** A random order of {@code 0 … count − 1} that depends on seed and epoch alone. */
    public static int[] permutation(int count, long seed, int epoch) {
        return RandomDraws.permutation(count, seed, epoch);
    }

    /** Pixels of the readable images of a batch. */
    public final class Batch {

        private final List<Integer> indices = new ArrayList<>();
        private final List<float[]> pixels = new ArrayList<>();

        private Batch() {}

        /** Of the images, in the list that was given. */
        public List<Integer> indices() {
            return indices;
        }

        /** One array of 3·H·W values for each image; never to be written to. */
        public List<float[]> pixels() {
            return pixels;
        }

        /** @return (N, 3, H, W), owned by the manager */
        public NDArray toArray(NDManager manager) {
            return toArray(manager, index -> false);
        }

        /** @param mirrored tells of an index whether its image is flipped, left to right */
        public NDArray toArray(NDManager manager, IntPredicate mirrored) {
            long values = Math.multiplyExact(indices.size(), imageShape.size());
            ByteBuffer bytes = manager.allocateDirect(Math.toIntExact(values * Float.BYTES));
            FloatBuffer floats = bytes.asFloatBuffer();
            for (int i = 0; i < indices.size(); i++) {
                float[] image = pixels.get(i);
                floats.put(mirrored.test(indices.get(i)) ? mirror(image) : image);
            }
            Shape shape = new Shape(indices.size()).addAll(imageShape);
            return manager.create(bytes, shape, DataType.FLOAT32); // (N, 3, H, W)
        }

        private float[] mirror(float[] image) {
            int width = (int) imageShape.get(2);
            float[] result = new float[image.length];
            for (int i = 0; i < image.length; i++) {
                int column = i % width;
                result[i - column + width - 1 - column] = image[i];
            }
            return result;
        }
    }

    private final class ReadAhead implements Iterator<Batch> {

        private final int[] order;
        private final int batchSize;
        private final Deque<List<CompletableFuture<PixelReader.Result>>> pending = new ArrayDeque<>();
        private int next;
        private @Nullable Batch upcoming;

        ReadAhead(int[] order, int batchSize) {
            this.order = order;
            this.batchSize = batchSize;
            for (int i = 0; i < BATCHES_AHEAD; i++) {
                submit();
            }
        }

        @Override
        public boolean hasNext() {
            Stopping.ifAsked();
            while (upcoming == null && !pending.isEmpty()) {
                List<CompletableFuture<PixelReader.Result>> futures = pending.removeFirst();
                submit();
                Batch batch = collect(futures);
                upcoming = batch.indices().isEmpty() ? null : batch;
            }
            return upcoming != null;
        }

        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Batch result = upcoming;
            upcoming = null;
            return result;
        }

        private void submit() {
            if (next == order.length) {
                return;
            }
            int end = Math.min(order.length, next + batchSize);
            pending.add(Arrays.stream(order, next, end)
                    .mapToObj(index -> CompletableFuture.supplyAsync(() -> reader.read(index), threads))
                    .toList());
            next = end;
        }

        private Batch collect(List<CompletableFuture<PixelReader.Result>> futures) {
            Batch batch = new Batch();
            for (CompletableFuture<PixelReader.Result> future : futures) {
                PixelReader.Result result = future.join();
                if (result.pixels == null) {
                    skip(result.index, result.problem);
                } else {
                    batch.indices.add(result.index);
                    batch.pixels.add(result.pixels);
                }
            }
            return batch;
        }
    }

    private void skip(int index, String problem) {
        if (!skipped.add(index)) {
            return;
        }
        skippedImages.skipped(images.get(index).name(), problem);
        if (skipped.size() > Math.max(1, images.size() * LARGEST_SKIPPED_SHARE)) {
            throw new NumClipException(
                    Kind.DATA,
                    skipped.size() + " of " + images.size() + " images cannot be read; the last one is "
                            + images.get(index).name() + ": " + problem,
                    "Remove or repair the images; one in a hundred may be unreadable.");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
