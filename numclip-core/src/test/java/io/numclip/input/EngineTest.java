package io.numclip.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import io.numclip.data.Prediction;
import io.numclip.model.PredictionWork;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    private static final int SIDE = 64;

    private final AtomicInteger inMemory = new AtomicInteger();
    private final CountDownLatch predicting = new CountDownLatch(1);

    private final class SlowScoring implements PredictionWork {

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
    private static final class Numbers implements PredictionWork {

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
        try (Engine<List<Prediction>> engine = new Engine<>(numbers, new Budget(3, 1, 16, null))) {
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
        try (Engine<List<Prediction>> engine = new Engine<>(numbers, new Budget(1, 1, 2, null))) {
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
        try (Engine<List<Prediction>> engine = new Engine<>(numbers, new Budget(1, 1, 3, null))) {
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
        try (Engine<List<Prediction>> engine = new Engine<>(numbers, new Budget(2, 1, 4, null))) {
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
        try (Engine<List<Prediction>> engine = new Engine<>(numbers, new Budget(2, 1, 4, null))) {
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
        return new Engine<>(new SlowScoring(), new Budget(1, 1, BATCH, delay));
    }

    /** Three threads of one operation and more may add up in another order, in float32. */
    @Test
    void featuresAreTheSameBitsWithAnyNumberOfWorkersAndThreads() throws IOException {
        ClipConfig.Vision vision =
                new ClipConfig.Vision(SIDE, 8, 256, 1024, 2, 4, ClipConfig.Activation.QUICK_GELU, 1e-5);
        ClipConfig.Text text = new ClipConfig.Text(64, 8, 32, 64, 1, 2, ClipConfig.Activation.QUICK_GELU, 1e-5, 63);
        try (ImageTower tower = ClipBackbone.random(
                        new ClipConfig(text, vision, 32, Math.log(100)), 1, Device.cpu(), Precision.FP32)
                .imageTower()) {
            List<Float> one = features(tower, new Budget(1, 1, 4, null));
            assertThat(one).hasSize(22 * 32);
            assertThat(features(tower, new Budget(1, 2, 4, null)))
                    .as("2 threads")
                    .isEqualTo(one);
            assertThat(features(tower, new Budget(2, 1, 4, null)))
                    .as("2 workers")
                    .isEqualTo(one);
            assertThat(features(tower, new Budget(3, 2, 4, null)))
                    .as("3 workers of 2 threads")
                    .isEqualTo(one);
        }
    }

    /** Of 22 images of noise. */
    private static List<Float> features(ImageTower tower, Budget budget) throws IOException {
        List<LabeledImage> images = IntStream.range(0, 22)
                .mapToObj(i -> new LabeledImage(String.valueOf(i), new Noise(i), i, Map.of()))
                .toList();
        List<Float> features = new ArrayList<>();
        try (ImageScan<float[]> scan = new ImageScan<>(
                images, ClipPreprocessor.standard(SIDE), budget, batch -> encode(tower, batch), (name, reason) -> {})) {
            scan.run(IntStream.range(0, 22).toArray(), (image, found, damage) -> {
                for (float each : found) {
                    features.add(each);
                }
            });
        }
        return features;
    }

    private record Noise(int seed) implements ImageSource {
        @Override
        public BufferedImage read() {
            Random random = new Random(seed);
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            IntStream.range(0, SIDE * SIDE).forEach(i -> image.setRGB(i % SIDE, i / SIDE, random.nextInt()));
            return image;
        }

        @Override
        public String fingerprint() {
            return "noise " + seed;
        }
    }

    private static List<float[]> encode(ImageTower tower, PixelBatch batch) {
        try (NDManager scope = tower.manager().newSubManager()) {
            return tower
                    .encode(batch.toArray(scope), false)
                    .split(batch.indices().size())
                    .stream()
                    .map(NDArray::toFloatArray)
                    .toList();
        }
    }
}
