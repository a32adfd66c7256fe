package io.numclip.input;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.numclip.clip.TowerMemory;
import io.numclip.machine.MachineMemory;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final long MEGABYTE = 1L << 20;
    private static final TowerMemory MODEL = new TowerMemory(600 * MEGABYTE, 100 * MEGABYTE, MEGABYTE);

    private static MachineMemory machine(long besideHeap, long heap) {
        return new MachineMemory((besideHeap + heap) * MEGABYTE, true, heap * MEGABYTE);
    }

    @Test
    void aBatchIsTheUsualOneWhereThereIsEnough() {
        assertThat(Budget.fittingBatch(16, MODEL, machine(4000, 1000), 1)).isEqualTo(16);
        assertThat(Budget.fittingBatch(8, MODEL, machine(4000, 1000), 2)).isEqualTo(8);
    }

    /** 300 MB are the program's, 700 the model's; half of the rest is for three batches of pixels. */
    @Test
    void pixelsTakeHalfOfWhatIsLeft() {
        assertThat(Budget.fittingBatch(16, MODEL, machine(1000 + 96, 1000), 1)).isEqualTo(16);
        assertThat(Budget.fittingBatch(16, MODEL, machine(1000 + 95, 1000), 1)).isEqualTo(8);
        assertThat(Budget.fittingBatch(16, MODEL, machine(1000 + 25, 1000), 1)).isEqualTo(4);
        assertThat(Budget.fittingBatch(16, MODEL, machine(1000, 1000), 1)).isEqualTo(1);
        assertThat(Budget.fittingBatch(16, MODEL, machine(0, 1000), 1)).isEqualTo(1);
    }

    /** A batch that waits, and two of each worker, which computes at the same time as the others. */
    @Test
    void workersOfAServerShareTheMemory() {
        assertThat(Budget.fittingBatch(8, MODEL, machine(900 + 2 * 100 + 80, 1000), 2))
                .isEqualTo(8);
        assertThat(Budget.fittingBatch(8, MODEL, machine(900 + 2 * 100 + 79, 1000), 2))
                .isEqualTo(4);
    }

    /** Memory for pixels is taken by Java, which has a limit for it as large as its heap. */
    @Test
    void aSmallHeapLimitsThePixelsToo() {
        assertThat(Budget.fittingBatch(16, MODEL, machine(4000, 96), 1)).isEqualTo(16);
        assertThat(Budget.fittingBatch(16, MODEL, machine(4000, 95), 1)).isEqualTo(8);
    }

    /** Four workers have nine batches of ten images. */
    @Test
    void thereAreFewerWorkersWhereMemoryIsShort() {
        assertThat(Budget.fittingWorkers(4, MODEL, 10, machine(900 + 4 * 100 + 2 * 90, 1000)))
                .isEqualTo(4);
        assertThat(Budget.fittingWorkers(4, MODEL, 10, machine(900 + 4 * 100 + 2 * 90 - 1, 1000)))
                .isEqualTo(3);
        assertThat(Budget.fittingWorkers(4, MODEL, 10, machine(500, 1000))).isEqualTo(1);
    }

    @Test
    void aGpuHasOneWorker() {
        assertThat(Budget.mostWorkers(Device.gpu(), new TowerMemory(0, 0, 1), 1))
                .isEqualTo(1);
    }

    @Test
    void threadsOfAnotherRuntimeAreItsOwn() {
        assertThat(Budget.forImages(0, 10, 2, 4))
                .isEqualTo(new Budget(4, 0, 2, null))
                .hasToString("4 workers");
    }

    @Test
    void fewImagesKeepTheThreads() {
        assertThat(Budget.forImages(4, 0, 2, 4)).hasToString("1 worker of 4 threads");
        assertThat(Budget.forImages(4, 3, 2, 4)).hasToString("1 worker of 4 threads");
        assertThat(Budget.forImages(4, 4, 2, 4)).hasToString("2 workers of 2 threads");
        assertThat(Budget.forImages(4, 10, 2, 4)).hasToString("4 workers of 1 thread");
    }
}
