package io.numclip.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.Precision;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.kernel.NativeThreads;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.clip.tower.ImageTower;
import io.numclip.machine.MachineMemory;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images of 2 x 2 pixels, all of which are the number of the image, in batches of two; once those of a tower. */
class WorkersTest {

    private static final int BATCH = 2;
    private static final int SIDE = 64;
    private static final long MEGABYTE = 1L << 20;

    private int threadsBefore;

    @BeforeEach
    void count() {
        Engine.getInstance();
        threadsBefore = NativeThreads.count();
    }

    /** Whatever happens, no worker is left, and this thread and new ones have their native threads. */
    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("image-worker"))
                .allSatisfy(thread -> {
                    thread.join(TimeUnit.MINUTES.toMillis(1)); // it has nothing more to do, but may not have ended
                    assertThat(thread.isAlive()).isFalse();
                });
        assertThat(NativeThreads.count()).isEqualTo(threadsBefore);
        AtomicInteger ofNew = new AtomicInteger();
        Thread another = new Thread(() -> ofNew.set(NativeThreads.count()));
        another.start();
        another.join();
        assertThat(ofNew).hasValue(threadsBefore);
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
            float[] one = features(tower, new Workers(1, 1), 1);
            assertThat(one).hasSize(22 * 32);
            assertThat(Arrays.equals(features(tower, new Workers(2, 1), 2), one))
                    .as("2 threads")
                    .isTrue();
            assertThat(Arrays.equals(features(tower, new Workers(2, 2), 1), one))
                    .as("2 workers")
                    .isTrue();
            assertThat(Arrays.equals(features(tower, new Workers(3, 3), 1), one))
                    .as("3 workers")
                    .isTrue();
            assertThat(Arrays.equals(features(tower, new Workers(6, 3), 1), one))
                    .as("3 of 2 threads")
                    .isTrue();
        }
    }

    /** Of 22 images of noise, four in a batch. */
    private float[] features(ImageTower tower, Workers workers, int nativeThreads) throws IOException {
        List<Float> features = new ArrayList<>();
        NativeThreads.use(nativeThreads);
        try (PixelBatches pixels = new PixelBatches(List.of(ClipPreprocessor.standard(SIDE)), workers)) {
            workers.run(
                    pixels.batches(IntStream.range(0, 22).toArray(), 4, WorkersTest::noise),
                    batch -> encode(tower, batch),
                    (batch, found) -> IntStream.range(0, found.length).forEach(i -> features.add(found[i])));
        } finally {
            NativeThreads.use(threadsBefore);
        }
        float[] values = new float[features.size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = features.get(i));
        return values;
    }

    private static float[] encode(ImageTower tower, PixelBatch batch) {
        try (NDManager scope = tower.manager().newSubManager()) {
            return tower.encode(batch.toArray(scope), false).toFloatArray();
        }
    }

    private static void noise(int index, FloatBuffer pixels) {
        Random random = new Random(index);
        while (pixels.hasRemaining()) {
            pixels.put(random.nextFloat(-1, 1));
        }
    }

    /** The first batch is the last one to be done; its pixels must be there until then. */
    @Test
    void whatIsFoundArrivesInOrderWhoeverIsDoneFirst() throws IOException {
        CountDownLatch others = new CountDownLatch(3);
        List<Integer> found = new ArrayList<>();
        List<Integer> doneBefore = new ArrayList<>();
        run(
                new Workers(2, 2),
                20,
                WorkersTest::fill,
                batch -> {
                    if (batch.asked().contains(0)) {
                        await(others);
                    }
                    List<Integer> values = values(batch);
                    others.countDown();
                    return values;
                },
                (batch, values) -> {
                    doneBefore.add((int) others.getCount());
                    found.addAll(values);
                });
        assertThat(found)
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
        assertThat(doneBefore).containsOnly(0);
    }

    /** An application may give one image after the other, and wait for what was found in the one before. */
    @Test
    void whatIsFoundIsToldAsSoonAsItIsThere() throws IOException {
        AtomicInteger told = new AtomicInteger();
        run(
                new Workers(2, 2),
                40,
                (index, pixels) -> {
                    assertThat(index).isLessThan(told.get() + (4 + PixelBatches.AHEAD + 1) * BATCH);
                    fill(index, pixels);
                },
                WorkersTest::values,
                (batch, values) -> told.addAndGet(batch.asked().size()));
        assertThat(told).hasValue(40);
    }

    @Test
    void anImageThatCannotBeReadIsReportedAtItsPlace() throws IOException {
        List<String> found = new ArrayList<>();
        run(
                new Workers(3, 3),
                9,
                (index, pixels) -> {
                    if (index == 5) {
                        throw new IOException("truncated");
                    }
                    fill(index, pixels);
                },
                WorkersTest::values,
                (batch, values) -> found.add(values + " " + batch.problems()));
        assertThat(found).containsExactly("[0, 1] {}", "[2, 3] {}", "[4] {5=truncated}", "[6, 7] {}", "[8] {}");
    }

    @Test
    void aWorkerComputesWithItsShareOfTheThreads() throws IOException {
        Map<Thread, Integer> threads = new ConcurrentHashMap<>();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Workers.Shares shares = run(
                new Workers(7, 2),
                100,
                WorkersTest::fill,
                batch -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    threads.put(Thread.currentThread(), NativeThreads.count());
                    now.decrementAndGet();
                    return 0;
                },
                (batch, nothing) -> {});
        assertThat(shares).isEqualTo(new Workers.Shares(2, 3)).hasToString("2 workers of 3 threads");
        assertThat(threads)
                .hasSizeLessThanOrEqualTo(2)
                .allSatisfy((thread, count) -> assertThat(count).isEqualTo(3));
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void fewImagesKeepTheThreads() throws IOException {
        assertThat(sharesOf(4, 0)).isEqualTo(new Workers.Shares(1, 4));
        assertThat(sharesOf(4, 1)).isEqualTo(new Workers.Shares(1, 4));
        assertThat(sharesOf(4, 2 * BATCH)).isEqualTo(new Workers.Shares(2, 2));
        assertThat(sharesOf(4, 5 * BATCH)).isEqualTo(new Workers.Shares(4, 1));
        assertThat(sharesOf(1, 5 * BATCH)).isEqualTo(new Workers.Shares(1, 1));
        assertThat(sharesOf(2, BATCH + 1))
                .as("a whole batch and a rest, for which the other would wait")
                .isEqualTo(new Workers.Shares(1, 2));
    }

    private static Workers.Shares sharesOf(int processors, int images) throws IOException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Workers.Shares shares = run(
                new Workers(processors, Workers.forImages(images, BATCH, processors)),
                images,
                WorkersTest::fill,
                batch -> threads.add(Thread.currentThread()),
                (batch, nothing) -> {});
        if (shares.workers() == 1 && images > 0) {
            assertThat(threads).containsExactly(Thread.currentThread());
        } else {
            assertThat(threads).doesNotContain(Thread.currentThread());
        }
        return shares;
    }

    @Test
    void theErrorOfAWorkerEndsTheRun() {
        IllegalStateException error = new IllegalStateException("made by hand");
        ConcurrentLinkedQueue<Integer> begun = new ConcurrentLinkedQueue<>();
        List<Integer> found = new ArrayList<>();
        assertThatThrownBy(() -> run(
                        new Workers(2, 2),
                        100,
                        WorkersTest::fill,
                        batch -> {
                            begun.add(batch.asked().get(0));
                            if (batch.asked().contains(5)) {
                                throw error;
                            }
                            return values(batch);
                        },
                        (batch, values) -> found.addAll(values)))
                .isSameAs(error);
        assertThat(found).containsExactly(0, 1, 2, 3);
        assertThat(begun).hasSizeLessThanOrEqualTo(6);
    }

    /** The fourth batch waits while two workers compute on the second and the third; it never begins. */
    @Test
    void theErrorOfTheSinkEndsTheRunAfterTheWorkThatHasBegun() {
        AtomicInteger running = new AtomicInteger();
        Set<Integer> begun = ConcurrentHashMap.newKeySet();
        assertThatThrownBy(() -> run(
                        new Workers(2, 2),
                        100,
                        WorkersTest::fill,
                        batch -> {
                            running.incrementAndGet();
                            begun.add(batch.asked().get(0));
                            pause(batch.asked().contains(0) ? 200 : 600);
                            return running.decrementAndGet();
                        },
                        (batch, nothing) -> {
                            throw new IOException("disk full");
                        }))
                .hasMessage("disk full");
        assertThat(running).hasValue(0);
        assertThat(begun).contains(0, 2).doesNotContain(6);
    }

    @Test
    void aStopEndsTheRunAfterTheWorkThatHasBegun() {
        AtomicInteger running = new AtomicInteger();
        ConcurrentLinkedQueue<Integer> begun = new ConcurrentLinkedQueue<>();
        assertThatThrownBy(() -> run(
                        new Workers(2, 2),
                        100,
                        WorkersTest::fill,
                        batch -> {
                            begun.add(batch.asked().get(0));
                            running.incrementAndGet();
                            pause(50);
                            running.decrementAndGet();
                            return 0;
                        },
                        (batch, nothing) -> Thread.currentThread().interrupt()))
                .isInstanceOf(CancellationException.class);
        assertThat(running).hasValue(0);
        assertThat(begun).hasSizeLessThanOrEqualTo(8);
        assertThat(Thread.interrupted()).as("the stop has been heard").isFalse();
    }

    /** 300 MB are the program's, 600 the model's, 100 each worker's; half of the rest is for the pixels of images of 1 MB. */
    @Test
    void thereAreFewerWorkersWhereMemoryIsShort() {
        TowerMemory model = new TowerMemory(600 * MEGABYTE, 100 * MEGABYTE, MEGABYTE);
        assertThat(Workers.fitting(4, model, 10, machine(900 + 4 * 100 + 2 * 100)))
                .isEqualTo(4);
        assertThat(Workers.fitting(4, model, 10, machine(900 + 4 * 100 + 2 * 100 - 1)))
                .isEqualTo(3);
        assertThat(Workers.fitting(4, model, 10, machine(900 + 2 * 100 + 2 * 60)))
                .isEqualTo(2);
        assertThat(Workers.fitting(4, model, 10, machine(500))).isEqualTo(1);
    }

    @Test
    void aGpuHasOneWorker() {
        assertThat(Workers.most(Device.gpu(), new TowerMemory(0, 0, 1), 1)).isEqualTo(1);
    }

    private static MachineMemory machine(long besideHeap) {
        return new MachineMemory((besideHeap + 1000) * MEGABYTE, true, 1000 * MEGABYTE);
    }

    private static <R> Workers.Shares run(
            Workers workers, int images, PixelBatches.Reader reader, Function<PixelBatch, R> work, Workers.Sink<R> sink)
            throws IOException {
        try (PixelBatches pixels = new PixelBatches(List.of(ClipPreprocessor.standard(2)), workers)) {
            return workers.run(pixels.batches(IntStream.range(0, images).toArray(), BATCH, reader), work, sink);
        }
    }

    private static void fill(int index, FloatBuffer pixels) {
        float[] all = new float[pixels.remaining()];
        Arrays.fill(all, index);
        pixels.put(all);
    }

    private static List<Integer> values(PixelBatch batch) {
        FloatBuffer pixels = batch.pixels();
        return IntStream.range(0, batch.indices().size())
                .mapToObj(image -> (int)
                        pixels.get(image * pixels.capacity() / batch.indices().size()))
                .toList();
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException("work is not interrupted", e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
