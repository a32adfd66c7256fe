package io.numclip.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.clip.TowerMemory;
import io.numclip.machine.MachineMemory;
import org.junit.jupiter.api.Test;

class BatchSizeTest {

    private static final long MEGABYTE = 1L << 20;
    private static final TowerMemory MODEL = new TowerMemory(600 * MEGABYTE, 100 * MEGABYTE, MEGABYTE);

    private static MachineMemory machine(long besideHeap, long heap) {
        return new MachineMemory((besideHeap + heap) * MEGABYTE, true, heap * MEGABYTE);
    }

    @Test
    void isTheUsualOneWhereThereIsEnough() {
        assertThat(BatchSize.of(16, MODEL, machine(4000, 1000), 1)).isEqualTo(16);
        assertThat(BatchSize.of(8, MODEL, machine(4000, 1000), 2)).isEqualTo(8);
    }

    /** 300 MB are the program's, 700 the model's; half of the rest is for three batches of pixels. */
    @Test
    void pixelsTakeHalfOfWhatIsLeft() {
        assertThat(BatchSize.of(16, MODEL, machine(1000 + 96, 1000), 1)).isEqualTo(16);
        assertThat(BatchSize.of(16, MODEL, machine(1000 + 95, 1000), 1)).isEqualTo(8);
        assertThat(BatchSize.of(16, MODEL, machine(1000 + 25, 1000), 1)).isEqualTo(4);
        assertThat(BatchSize.of(16, MODEL, machine(1000, 1000), 1)).isEqualTo(1);
        assertThat(BatchSize.of(16, MODEL, machine(0, 1000), 1)).isEqualTo(1);
    }

    /** A batch that waits, and two of each worker, which computes at the same time as the others. */
    @Test
    void workersOfAServerShareTheMemory() {
        assertThat(BatchSize.of(8, MODEL, machine(900 + 2 * 100 + 80, 1000), 2)).isEqualTo(8);
        assertThat(BatchSize.of(8, MODEL, machine(900 + 2 * 100 + 79, 1000), 2)).isEqualTo(4);
    }

    /** Memory for pixels is taken by Java, which has a limit for it as large as its heap. */
    @Test
    void aSmallHeapLimitsThePixelsToo() {
        assertThat(BatchSize.of(16, MODEL, machine(4000, 96), 1)).isEqualTo(16);
        assertThat(BatchSize.of(16, MODEL, machine(4000, 95), 1)).isEqualTo(8);
    }
}
