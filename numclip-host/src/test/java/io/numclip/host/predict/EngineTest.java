package io.numclip.host.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.Prediction;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an engine promises its callers, and its end while images are in every part of it. */
class EngineTest {

    private static final int BATCH = 2;
    private static final int IMAGES = 100;
    private static final EngineListener<List<Prediction>> DEAF = new EngineListener<>() {};

    private final AtomicInteger inMemory = new AtomicInteger();
    private final CountDownLatch predicting = new CountDownLatch(1);

    private final class SlowScoring implements Scoring {

        @Override
        public Decoded read(Object image, List<Integer> models) {
            inMemory.incrementAndGet();
            return inMemory::decrementAndGet;
        }

        @Override
        public List<List<Prediction>> predict(List<Decoded> images) {
            predicting.countDown();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
            return Collections.nCopies(images.size(), List.of());
        }
    }

    /** Images are numbers; a negative one cannot be read, and the network does not take 13. */
    private static final class Numbers implements Scoring {

        final List<Integer> batches = new CopyOnWriteArrayList<>();

        private record Number(int value) implements Decoded {
            @Override
            public void close() {}
        }

        @Override
        public Decoded read(Object image, List<Integer> models) throws IOException {
            if ((Integer) image < 0) {
                throw new IOException("it is negative");
            }
            return new Number((Integer) image);
        }

        @Override
        public List<List<Prediction>> predict(List<Decoded> images) {
            batches.add(images.size());
            return images.stream().map(each -> predict(((Number) each).value())).toList();
        }

        private static List<Prediction> predict(int value) {
            if (value == 13) {
                throw new IllegalStateException("thirteen");
            }
            return List.of(new Prediction(value, List.of(new Prediction.Concept("any", 1))));
        }
    }

    private final Numbers numbers = new Numbers();

    @Test
    void itemsComeBackInTheirOrderWithWhatWasFoundInThem() throws IOException {
        List<Integer> items = IntStream.range(100, 1_100).boxed().toList();
        List<Integer> told = new ArrayList<>();
        try (Engine<List<Prediction>> engine = new Engine<>(numbers, new Budget(3, 1, 16, null), DEAF)) {
            engine.run(items.iterator(), item -> item, List.of(0), (item, found) -> {
                assertThat(found.get(0).value()).isEqualTo(item.doubleValue());
                told.add(item);
            });
        }
        assertThat(told).isEqualTo(items);
        assertThat(numbers.batches).hasSize(63).filteredOn(size -> size != 16).containsExactly(8);
    }

    @Test
    void anImageThatCannotBeReadSaysWhyAndTheOthersGoOn() throws IOException {
        List<String> told = new ArrayList<>();
        try (Engine<List<Prediction>> engine = new Engine<>(numbers, new Budget(1, 1, 2, null), DEAF)) {
            engine.run(
                    List.of(1, -1, -2, -3, 2).iterator(),
                    item -> item,
                    List.of(0),
                    (item, found) -> told.add(item + " " + found.get(0).problem()));
        }
        assertThat(told)
                .containsExactly("1 null", "-1 it is negative", "-2 it is negative", "-3 it is negative", "2 null");
    }

    @Test
    void whereABatchFailsEachImageIsTriedAlone() {
        try (Engine<List<Prediction>> engine = new Engine<>(numbers, new Budget(1, 1, 3, null), DEAF)) {
            List<CompletableFuture<List<Prediction>>> results = Stream.of(12, 13, 14)
                    .map(image -> engine.submit(image, List.of(0)))
                    .toList();
            assertThat(results.get(0).join().get(0).value()).isEqualTo(12);
            assertThat(results.get(2).join().get(0).value()).isEqualTo(14);
            assertThatThrownBy(results.get(1)::join).hasRootCauseMessage("thirteen");
        }
    }

    @Test
    void aRunEndsWithTheFailureOfItsSink() {
        try (Engine<List<Prediction>> engine = new Engine<>(numbers, new Budget(2, 1, 4, null), DEAF)) {
            assertThatThrownBy(() -> engine.run(
                            Stream.iterate(0, i -> i + 20).iterator(), item -> item, List.of(0), (item, found) -> {
                                throw new IOException("the disk is full");
                            }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the disk is full");
        }
    }

    @Test
    void aRunStopsWhenItsThreadIsInterrupted() {
        try (Engine<List<Prediction>> engine = new Engine<>(numbers, new Budget(2, 1, 4, null), DEAF)) {
            assertThatThrownBy(() -> engine.run(
                            Stream.iterate(0, i -> i + 20).iterator(),
                            item -> item,
                            List.of(0),
                            (item, found) -> Thread.currentThread().interrupt()))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).as("the stop has been heard").isFalse();
        }
    }

    /** In a batch that is predicted, in the line of those that are decoded, and before a reader. */
    @Test
    void atTheEndAllResultsAreThereOrCancelledAndNoPixelsAreLeft() throws InterruptedException {
        Engine<List<Prediction>> engine = slow(Duration.ZERO);
        List<CompletableFuture<List<Prediction>>> results =
                Stream.generate(() -> engine.submit(1, List.of())).limit(IMAGES).toList();
        predicting.await();
        assertThat(engine.end(Duration.ofSeconds(5))).isTrue();
        assertThat(results).allMatch(CompletableFuture::isDone);
        assertThat(results.stream().filter(CompletableFuture::isCancelled)).hasSizeGreaterThan(IMAGES / 2);
        assertThat(inMemory).hasValue(0);
    }

    @Test
    void anImageThatWaitsForOthersIsCancelledAtTheEnd() throws InterruptedException {
        Engine<List<Prediction>> engine = slow(Duration.ofSeconds(10));
        CompletableFuture<List<Prediction>> result = engine.submit(1, List.of());
        while (inMemory.get() == 0 || engine.waiting() > 0) { // until it is with the worker
            Thread.sleep(1);
        }
        assertThat(engine.end(Duration.ofSeconds(5))).isTrue();
        assertThat(result).isCancelled();
        assertThat(inMemory).hasValue(0);
    }

    private Engine<List<Prediction>> slow(Duration delay) {
        return new Engine<>(new SlowScoring(), new Budget(1, 1, BATCH, delay), DEAF);
    }
}
