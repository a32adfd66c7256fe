package io.numclip.input;

import ai.djl.ndarray.types.Shape;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.image.TooLittleMemoryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Images as batches of pixels, in the order wanted; a few threads write them ahead of the consumer. There is memory for
 * three batches, however many images follow: if the consumer is slow, the threads wait. For one consumer at a time.
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

    private static final int BATCHES_AHEAD = 2;
    private static final int MOST_READERS = 8; // each may hold a decoded image of 150 MB

    private final Shape imageShape;
    private final ReadWriteLock reading = new ReentrantReadWriteLock();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            Math.min(MOST_READERS, Math.max(2, Runtime.getRuntime().availableProcessors())), task -> {
                Thread thread = new Thread(task, "image-reader");
                thread.setDaemon(true);
                return thread;
            });

    public PixelBatches(ClipPreprocessor preprocessor) {
        this.imageShape = PixelBatch.imageShape(preprocessor);
    }

    /**
     * A batch is valid until the next one is requested.
     *
     * @param order indices of the images, as the reader counts them
     * @param batchSize the last batch may be smaller
     */
    public Iterator<PixelBatch> batches(int[] order, int batchSize, Reader reader) {
        return new ReadAhead(order, batchSize, reader);
    }

    private final class ReadAhead implements Iterator<PixelBatch> {

        private final int[] order;
        private final int batchSize;
        private final Reader reader;
        private final Deque<Pending> pending = new ArrayDeque<>();
        private @Nullable ByteBuffer given;
        private int next;

        ReadAhead(int[] order, int batchSize, Reader reader) {
            this.order = order;
            this.batchSize = batchSize;
            this.reader = reader;
            for (int i = 0; i < BATCHES_AHEAD && next < order.length; i++) {
                submit(memory());
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
            if (next < order.length) {
                submit(given == null ? memory() : given);
            }
            PixelBatch batch = pending.removeFirst().collect();
            given = batch.memory();
            return batch;
        }

        private ByteBuffer memory() {
            return PixelBatch.allocate(imageShape, Math.min(batchSize, order.length));
        }

        private void submit(ByteBuffer memory) {
            FloatBuffer floats = memory.asFloatBuffer();
            int size = (int) imageShape.size();
            int end = Math.min(order.length, next + batchSize);
            List<Image> images = new ArrayList<>();
            for (int place = 0; next < end; place++, next++) {
                int index = order[next];
                FloatBuffer pixels = floats.slice(place * size, size);
                images.add(
                        new Image(index, CompletableFuture.supplyAsync(() -> problem(reader, index, pixels), threads)));
            }
            pending.add(new Pending(memory, images));
        }
    }

    /** @param problem empty where there is none */
    private record Image(int index, CompletableFuture<String> problem) {}

    private final class Pending {

        private final ByteBuffer memory;
        private final List<Image> images;

        Pending(ByteBuffer memory, List<Image> images) {
            this.memory = memory;
            this.images = images;
        }

        PixelBatch collect() {
            PixelBatch batch = new PixelBatch(memory, imageShape);
            for (int place = 0; place < images.size(); place++) {
                Image image = images.get(place);
                String problem = await(image.problem());
                if (problem.isEmpty()) {
                    batch.add(image.index(), place);
                } else {
                    batch.leaveOut(image.index(), problem);
                }
            }
            return batch;
        }
    }

    /** An image for which there was too little memory is read once more when no other one is being read. */
    private String problem(Reader reader, int index, FloatBuffer pixels) {
        Throwable failure = failure(reader, index, pixels, reading.readLock());
        if (failure != null && TooLittleMemoryException.isCauseOf(failure)) {
            failure = failure(reader, index, pixels, reading.writeLock());
        }
        return failure == null ? "" : describe(failure);
    }

    /** Decoders throw all of these for a broken file, or for one that is too large. */
    private static @Nullable Throwable failure(Reader reader, int index, FloatBuffer pixels, Lock lock) {
        lock.lock();
        try {
            reader.read(index, pixels);
            return null;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError failure) {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() || failure instanceof Error ? failure.toString() : message;
    }

    private static String await(CompletableFuture<String> problem) {
        try {
            return problem.join();
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
