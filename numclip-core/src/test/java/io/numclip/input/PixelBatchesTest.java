package io.numclip.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.pixels.ClipPreprocessor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Images of 2 x 2 pixels, all of which are the number of the image. */
class PixelBatchesTest {

    private static final int SIZE = 3 * 2 * 2;

    private final PixelBatches batches = new PixelBatches(ClipPreprocessor.standard(2));

    @Test
    void pixelsComeInTheOrderWantedWhoeverIsReadFirst() throws InterruptedException {
        CountDownLatch secondIsRead = new CountDownLatch(1);
        Iterator<PixelBatch> all = batches.batches(new int[] {7, 3, 5}, 2, (index, pixels) -> {
            if (index == 7) {
                await(secondIsRead);
            }
            Optional<String> damage = fill(index, pixels);
            secondIsRead.countDown();
            return damage;
        });
        assertThat(values(all.next())).containsExactly(7, 3);
        assertThat(values(all.next())).containsExactly(5);
        assertThat(all.hasNext()).isFalse();
        assertThatThrownBy(all::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aBatchThatIsTooLongForABufferIsALackOfMemory() {
        List<ClipPreprocessor> largest = List.of(ClipPreprocessor.standard(4096));
        assertThatThrownBy(() -> NativePixels.allocate(largest, 32))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessage("the pixels of a batch need 6144 MB, of at most 2047 MB in one direct buffer");
    }

    @Test
    void imagesAfterOneThatCannotBeReadMoveForward() {
        PixelBatch batch = batches.batches(new int[] {0, 1, 2, 3}, 4, PixelBatchesTest::allButOddOnes)
                .next();
        assertThat(batch.asked()).containsExactly(0, 1, 2, 3);
        assertThat(batch.indices()).containsExactly(0, 2);
        assertThat(values(batch)).containsExactly(0, 2);
        assertThat(batch.problems())
                .containsOnlyKeys(1, 3)
                .containsEntry(1, "odd")
                .containsEntry(3, "odd");
    }

    @Test
    void pixelsWaitOnTheCpuForATowerOnAGpu() {
        PixelBatch batch = batches.batches(new int[] {7}, 1, (index, pixels) -> fill(index, pixels))
                .next();
        try (NDManager gpu =
                NDManager.newBaseManager(Device.gpu(), "PyTorch")) { // no GPU is asked before it gets an array
            NDArray pixels = batch.toArray(gpu);
            assertThat(pixels.getDevice()).isEqualTo(Device.cpu());
            assertThat(pixels.getManager()).isSameAs(gpu);
            assertThat(pixels.toFloatArray()).containsOnly(7).hasSize(SIZE);
        }
    }

    @Test
    void aBatchMayHaveNothingButProblems() {
        PixelBatch batch = batches.batches(new int[] {1, 3}, 2, PixelBatchesTest::allButOddOnes)
                .next();
        assertThat(batch.indices()).isEmpty();
        assertThat(batch.problems()).hasSize(2);
        assertThat(batch.pixels().capacity()).isZero();
    }

    @Test
    void aSlowConsumerHoldsTheReadersBackAndThreeBatchesHaveAllTheMemory() {
        AtomicInteger read = new AtomicInteger();
        int[] order = IntStream.range(0, 1000).toArray();
        Set<Integer> memories = new HashSet<>();
        List<Integer> values = new ArrayList<>();
        Iterator<PixelBatch> all = batches.batches(order, 10, (index, pixels) -> {
            read.incrementAndGet();
            return fill(index, pixels);
        });
        while (all.hasNext()) {
            PixelBatch batch = all.next();
            values.addAll(values(batch));
            memories.add(System.identityHashCode(batch.memory()));
            assertThat(read.get()).isLessThanOrEqualTo(values.size() + 20);
        }
        assertThat(values)
                .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
        assertThat(memories).hasSize(3);
    }

    @Test
    void anImageThatNeedsTooMuchMemoryIsAProblemOfItsOwn() {
        PixelBatch batch = batches.batches(new int[] {0, 1, 2}, 3, (index, pixels) -> {
                    if (index == 1) {
                        throw new OutOfMemoryError("made by hand");
                    }
                    return fill(index, pixels);
                })
                .next();
        assertThat(values(batch)).containsExactly(0, 2);
        assertThat(batch.problems()).containsOnly(entry(1, "java.lang.OutOfMemoryError: made by hand"));
    }

    @Test
    void anImageOnWhichTheDecoderOverflowsItsStackIsAProblemOfItsOwn() {
        PixelBatch batch = batches.batches(new int[] {0, 1, 2}, 3, (index, pixels) -> {
                    if (index == 1) {
                        deeper(1);
                    }
                    return fill(index, pixels);
                })
                .next();
        assertThat(values(batch)).containsExactly(0, 2);
        assertThat(batch.problems()).containsOnly(entry(1, "java.lang.StackOverflowError"));
    }

    private static int deeper(int level) {
        return deeper(level + 1) + level;
    }

    @Test
    void anImageThatLacksTheMemoryOfOthersIsReadAgainWhenTheyAreDone() {
        CountDownLatch lacking = new CountDownLatch(1);
        AtomicInteger beside = new AtomicInteger();
        PixelBatch batch = batches.batches(new int[] {0, 1}, 2, (index, pixels) -> {
                    if (index == 0) {
                        beside.incrementAndGet();
                        await(lacking);
                        beside.decrementAndGet();
                    } else if (lacking.getCount() > 0) {
                        lacking.countDown();
                        throw new OutOfMemoryError("made by hand");
                    } else {
                        assertThat(beside).hasValue(0);
                    }
                    return fill(index, pixels);
                })
                .next();
        assertThat(values(batch)).containsExactly(0, 1);
    }

    private static Optional<String> allButOddOnes(int index, FloatBuffer pixels) throws IOException {
        if (index % 2 == 1) {
            throw new IOException("odd");
        }
        return fill(index, pixels);
    }

    private static Optional<String> fill(int index, FloatBuffer pixels) {
        assertThat(pixels.capacity()).isEqualTo(SIZE);
        for (int i = 0; i < SIZE; i++) {
            pixels.put(i, index);
        }
        return Optional.empty();
    }

    /** One for each image, after a look at all its pixels. */
    private static List<Integer> values(PixelBatch batch) {
        FloatBuffer pixels = batch.pixels();
        List<Integer> values = new ArrayList<>();
        for (int start = 0; start < pixels.capacity(); start += SIZE) {
            float value = pixels.get(start);
            for (int i = 0; i < SIZE; i++) {
                assertThat(pixels.get(start + i)).isEqualTo(value);
            }
            values.add((int) value);
        }
        return values;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
