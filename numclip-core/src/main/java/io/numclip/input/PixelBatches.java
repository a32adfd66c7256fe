package io.numclip.input;

import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.RgbRows;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Images as batches of pixels, in the order wanted; a few threads write them ahead of the consumer. There is memory for
 * the batches in use and two more, however many images follow: if the consumer is slow, the threads wait. For one consumer at
 * a time.
 */
public final class PixelBatches implements AutoCloseable {

    /** Reads the pixels of single images; called by several threads at once. */
    @FunctionalInterface
    public interface Reader {

        /**
         * @param pixels 3·H·W values to write
         * @throws IOException if the image cannot be read; the message says why
         */
        void read(int index, FloatBuffer pixels) throws IOException;
    }

    /** An image that is to be read. */
    public interface Image {

        /** By which the consumer knows it. */
        int index();

        /**
         * Called by any thread.
         *
         * @param pixels for each preprocessing, 3·H·W values to write
         * @return what is damaged, as {@link RgbRows#damage}
         * @throws IOException if the image cannot be read; the message says why
         */
        Optional<String> read(List<FloatBuffer> pixels) throws IOException;
    }

    /** So many batches are written ahead. */
    static final int AHEAD = 2;

    private final List<ClipPreprocessor> preprocessors;
    private final int held;
    private final CarefulReading reading = new CarefulReading();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()), task -> {
                Thread thread = new Thread(task, "image-reader");
                thread.setDaemon(true);
                return thread;
            });

    /** For a consumer that uses one batch at a time. */
    public PixelBatches(ClipPreprocessor preprocessor) {
        this(List.of(preprocessor), 1);
    }

    /**
     * @param preprocessors each makes a form of its own of every image
     * @param consumers which use several batches at a time
     */
    public PixelBatches(List<ClipPreprocessor> preprocessors, Workers consumers) {
        this(preprocessors, consumers.held());
    }

    /** @param held how many batches are in use at a time */
    private PixelBatches(List<ClipPreprocessor> preprocessors, int held) {
        this.preprocessors = List.copyOf(preprocessors);
        this.held = held;
    }

    /**
     * A batch is valid until the next one is requested; of several that are in use, until so many others with pixels are.
     *
     * @param order indices of the images, as the reader counts them
     * @param batchSize the last batch may be smaller
     */
    public Iterator<PixelBatch> batches(int[] order, int batchSize, Reader reader) {
        return batches(
                IntStream.of(order)
                        .<Image>mapToObj(index -> new Indexed(index, reader))
                        .iterator(),
                batchSize);
    }

    /**
     * As {@link #batches(int[], int, Reader)}, for images that are asked for one by one.
     *
     * @param images read by the thread that takes the batches, at most two batches ahead of those in use
     */
    public Iterator<PixelBatch> batches(Iterator<? extends Image> images, int batchSize) {
        return new ReadAhead(images, batchSize);
    }

    private record Indexed(int index, Reader reader) implements Image {
        @Override
        public Optional<String> read(List<FloatBuffer> pixels) throws IOException {
            reader.read(index, pixels.get(0));
            return Optional.empty();
        }
    }

    private final class ReadAhead implements Iterator<PixelBatch> {

        private final Iterator<? extends Image> images;
        private final int batchSize;
        private final Deque<Pending> pending = new ArrayDeque<>();
        private final Deque<NativePixels> given = new ArrayDeque<>(); // the first one is used again first

        ReadAhead(Iterator<? extends Image> images, int batchSize) {
            this.images = images;
            this.batchSize = batchSize;
            for (int i = 0; i < AHEAD; i++) {
                submit();
            }
        }

        @Override
        public boolean hasNext() {
            return !pending.isEmpty();
        }

        @Override
        public PixelBatch next() {
            if (pending.isEmpty()) {
                throw new NoSuchElementException();
            }
            submit();
            PixelBatch batch = pending.removeFirst().collect();
            if (batch.indices().isEmpty()) {
                given.addFirst(batch.memory()); // nobody uses its pixels
            } else {
                given.addLast(batch.memory());
            }
            return batch;
        }

        /** Lets the next images be read, into the memory of the batch that is no longer valid. */
        private void submit() {
            List<Image> next = new ArrayList<>();
            while (next.size() < batchSize && images.hasNext()) {
                next.add(images.next());
            }
            if (!next.isEmpty()) {
                NativePixels memory =
                        given.size() < held ? NativePixels.allocate(preprocessors, next.size()) : given.removeFirst();
                pending.add(new Pending(memory, reading(next, memory)));
            }
        }

        private List<Reading> reading(List<Image> next, NativePixels memory) {
            List<Reading> all = new ArrayList<>();
            for (Image image : next) {
                List<FloatBuffer> pixels = memory.image(all.size());
                all.add(new Reading(image.index(), CompletableFuture.supplyAsync(() -> found(image, pixels), threads)));
            }
            return all;
        }
    }

    /** @param problem empty where there is none */
    private record Found(String problem, Optional<String> damage) {}

    private record Reading(int index, CompletableFuture<Found> found) {}

    private record Pending(NativePixels memory, List<Reading> images) {

        PixelBatch collect() {
            PixelBatch batch = new PixelBatch(memory);
            for (int place = 0; place < images.size(); place++) {
                Reading image = images.get(place);
                Found found = await(image.found());
                if (found.problem().isEmpty()) {
                    batch.add(image.index(), place);
                    found.damage().ifPresent(words -> batch.damaged(image.index(), words));
                } else {
                    batch.leaveOut(image.index(), found.problem());
                }
            }
            return batch;
        }
    }

    private Found found(Image image, List<FloatBuffer> pixels) {
        AtomicReference<Optional<String>> damage = new AtomicReference<>(Optional.empty());
        Throwable failure = reading.failure(() -> damage.set(image.read(pixels)));
        return new Found(failure == null ? "" : CarefulReading.describe(failure), Objects.requireNonNull(damage.get()));
    }

    private static Found await(CompletableFuture<Found> found) {
        try {
            return found.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
