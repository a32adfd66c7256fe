package io.numclip.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.clip.tower.TowerMemory;
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
        assertThat(BatchSize.ahead(16, MODEL, machine(4000, 1000))).isEqualTo(16);
        assertThat(BatchSize.served(8, MODEL, machine(4000, 1000), 2)).isEqualTo(8);
    }

    /** 300 MB are the program's, 700 the model's; half of the rest is for three batches of pixels. */
    @Test
    void pixelsTakeHalfOfWhatIsLeft() {
        assertThat(BatchSize.ahead(16, MODEL, machine(1000 + 96, 1000))).isEqualTo(16);
        assertThat(BatchSize.ahead(16, MODEL, machine(1000 + 95, 1000))).isEqualTo(8);
        assertThat(BatchSize.ahead(16, MODEL, machine(1000 + 25, 1000))).isEqualTo(4);
        assertThat(BatchSize.ahead(16, MODEL, machine(1000, 1000))).isEqualTo(1);
        assertThat(BatchSize.ahead(16, MODEL, machine(0, 1000))).isEqualTo(1);
    }

    /** Two batches that wait, and two of each worker, which computes at the same time as the others. */
    @Test
    void workersOfAServerShareTheMemory() {
        assertThat(BatchSize.served(8, MODEL, machine(900 + 2 * 100 + 96, 1000), 2))
                .isEqualTo(8);
        assertThat(BatchSize.served(8, MODEL, machine(900 + 2 * 100 + 95, 1000), 2))
                .isEqualTo(4);
    }

    /** Memory for pixels is taken by Java, which has a limit for it as large as its heap. */
    @Test
    void aSmallHeapLimitsThePixelsToo() {
        assertThat(BatchSize.ahead(16, MODEL, machine(4000, 96))).isEqualTo(16);
        assertThat(BatchSize.ahead(16, MODEL, machine(4000, 95))).isEqualTo(8);
    }
}
