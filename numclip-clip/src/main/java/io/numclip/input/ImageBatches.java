package io.numclip.input;

import io.numclip.clip.pixels.CarefulReading;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.LabeledImage;
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
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Images of a data set as batches of pixels, in the order wanted; a few threads write them ahead of the consumer. There is memory
 * for the batch in use and two more, however many images follow: if the consumer is slow, the threads wait. An image that cannot
 * be read is left out and reported; if more than one in a hundred cannot be read, the run ends. For one consumer at a time.
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

    private static final int AHEAD = 2; // batches

    private final List<LabeledImage> images;
    private final List<ClipPreprocessor> preprocessors;
    private final PixelReader reader;
    private final SkippedImages skippedImages;
    private final LeftOutImages leftOut;
    private final CarefulReading reading = new CarefulReading();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()), task -> {
                Thread thread = new Thread(task, "image-reader");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * @param images all that are asked for, even if batches of only some are taken: the share is theirs
     * @param cacheMegabytes memory for pixels that are kept from epoch to epoch; at most a quarter of the heap is used
     */
    public ImageBatches(
            List<LabeledImage> images, ClipPreprocessor preprocessor, int cacheMegabytes, SkippedImages skippedImages) {
        this.images = images;
        this.preprocessors = List.of(preprocessor);
        this.reader = new PixelReader(images, preprocessor, cacheMegabytes);
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
     * @param views how the image of an index is seen; called by several threads
     */
    public Iterator<PixelBatch> batches(int[] order, int batchSize, IntFunction<View> views) {
        return new ReadAhead(order, batchSize, views);
    }

    private final class ReadAhead implements Iterator<PixelBatch> {

        private final int[] order;
        private final int batchSize;
        private final IntFunction<View> views;
        private final Deque<Pending> pending = new ArrayDeque<>();
        private @Nullable NativePixels given; // the memory of the batch that the consumer has
        private @Nullable PixelBatch upcoming;
        private int submitted;

        ReadAhead(int[] order, int batchSize, IntFunction<View> views) {
            this.order = order;
            this.batchSize = batchSize;
            this.views = views;
            for (int i = 0; i < AHEAD; i++) {
                submit();
            }
        }

        @Override
        public boolean hasNext() {
            Stopping.ifAsked();
            while (upcoming == null && !pending.isEmpty()) {
                submit();
                Pending next = pending.removeFirst();
                PixelBatch batch = collect(next);
                given = next.memory();
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
                            index,
                            CompletableFuture.supplyAsync(() -> found(index, views.apply(index), pixels), threads)));
                }
                pending.add(new Pending(memory, all));
            }
        }
    }

    /** @param problem empty where there is none */
    private record Found(String problem, Optional<String> damage) {}

    private record Reading(int index, CompletableFuture<Found> found) {}

    private record Pending(NativePixels memory, List<Reading> images) {}

    private Found found(int index, View view, FloatBuffer pixels) {
        AtomicReference<Optional<String>> damage = new AtomicReference<>(Optional.empty());
        Throwable failure = reading.failure(() -> damage.set(reader.read(index, view, pixels)));
        return new Found(failure == null ? "" : CarefulReading.describe(failure), Objects.requireNonNull(damage.get()));
    }

    /** Reports what cannot be read or is damaged. */
    private PixelBatch collect(Pending pending) {
        PixelBatch batch = new PixelBatch(pending.memory());
        for (int place = 0; place < pending.images().size(); place++) {
            int index = pending.images().get(place).index();
            Found found = await(pending.images().get(place).found());
            if (found.problem().isEmpty()) {
                batch.add(index, place);
                found.damage()
                        .ifPresent(words ->
                                skippedImages.imageDamaged(images.get(index).name(), words));
            } else {
                leftOut.add(index, found.problem());
            }
        }
        return batch;
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
