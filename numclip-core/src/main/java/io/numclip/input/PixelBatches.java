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
import org.jspecify.annotations.Nullable;

/**
 * Images as batches of pixels, in the order wanted; a few threads write them ahead of the consumer. There is memory for
 * the batch in use and two more, however many images follow: if the consumer is slow, the threads wait. For one consumer at
 * a time.
 */
final class PixelBatches implements AutoCloseable {

    /** Reads the pixels of single images; called by several threads at once. */
    @FunctionalInterface
    interface Reader {

        /**
         * @param pixels 3·H·W values to write
         * @return what is damaged, as {@link RgbRows#damage}
         * @throws IOException if the image cannot be read; the message says why
         */
        Optional<String> read(int index, FloatBuffer pixels) throws IOException;
    }

    private static final int AHEAD = 2; // batches

    private final List<ClipPreprocessor> preprocessors;
    private final CarefulReading reading = new CarefulReading();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()), task -> {
                Thread thread = new Thread(task, "image-reader");
                thread.setDaemon(true);
                return thread;
            });

    PixelBatches(ClipPreprocessor preprocessor) {
        this.preprocessors = List.of(preprocessor);
    }

    /**
     * A batch is valid until the next one is requested.
     *
     * @param order indices of the images, as the reader counts them
     * @param batchSize the last batch may be smaller
     */
    Iterator<PixelBatch> batches(int[] order, int batchSize, Reader reader) {
        return new ReadAhead(order, batchSize, reader);
    }

    private final class ReadAhead implements Iterator<PixelBatch> {

        private final int[] order;
        private final int batchSize;
        private final Reader reader;
        private final Deque<Pending> pending = new ArrayDeque<>();
        private @Nullable NativePixels given; // the memory of the batch that the consumer has
        private int submitted;

        ReadAhead(int[] order, int batchSize, Reader reader) {
            this.order = order;
            this.batchSize = batchSize;
            this.reader = reader;
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
            given = batch.memory();
            return batch;
        }

        /** Lets the next images be read, into the memory of the batch that is no longer valid. */
        private void submit() {
            int count = Math.min(batchSize, order.length - submitted);
            if (count > 0) {
                NativePixels memory = given == null ? NativePixels.allocate(preprocessors, count) : given;
                List<Reading> all = new ArrayList<>();
                for (int place = 0; place < count; place++) {
                    int index = order[submitted++];
                    FloatBuffer pixels = memory.image(place).get(0);
                    all.add(new Reading(
                            index, CompletableFuture.supplyAsync(() -> found(reader, index, pixels), threads)));
                }
                pending.add(new Pending(memory, all));
            }
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

    private Found found(Reader reader, int index, FloatBuffer pixels) {
        AtomicReference<Optional<String>> damage = new AtomicReference<>(Optional.empty());
        Throwable failure = reading.failure(() -> damage.set(reader.read(index, pixels)));
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
