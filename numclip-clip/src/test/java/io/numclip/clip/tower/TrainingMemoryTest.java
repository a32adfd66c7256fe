package io.numclip.clip.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.machine.MachineMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingMemoryTest {

    private static final double JAVA = 0.5; // gigabytes of the program itself in what was measured
    private static final ClipConfig.Activation QUICK = ClipConfig.Activation.QUICK_GELU;

    /** The largest resident set of whole trainings; docs/results.md has the command. */
    @ParameterizedTest
    @CsvSource({
        "32, FP32, 16, 3.16", "32, BF16, 16, 3.10", "32, FP32, 64, 4.80", "32, BF16, 64, 4.14",
        "16, FP32, 8, 3.81", "16, BF16, 8, 3.42", "16, FP32, 24, 6.03", "16, BF16, 24, 5.04"
    })
    void theEstimateIsWithinAnEighthOfWhatWasMeasured(int patch, Precision precision, int images, double measured) {
        ClipConfig config = new ClipConfig(
                new ClipConfig.Text(49_408, 77, 512, 2048, 12, 8, QUICK, 1e-5, 49_407),
                new ClipConfig.Vision(224, patch, 768, 3072, 12, 12, QUICK, 1e-5),
                512,
                2.6592);
        assertClose(config, precision, images, measured);
    }

    /** A ViT-Ti/16, whose batches are divided. */
    @ParameterizedTest
    @CsvSource({"FP32, 64, 3.91", "BF16, 64, 2.58", "FP32, 16, 1.52"})
    void andThatOfASmallTower(Precision precision, int images, double measured) {
        ClipConfig config = new ClipConfig(
                new ClipConfig.Text(49_408, 77, 128, 512, 3, 4, QUICK, 1e-5, 49_407),
                new ClipConfig.Vision(224, 16, 192, 768, 12, 3, QUICK, 1e-5),
                128,
                2.6592);
        assertClose(config, precision, images, measured);
    }

    private static void assertClose(ClipConfig config, Precision precision, int images, double measured) {
        double estimate = TrainingMemory.of(config, precision).of(images) / 1e9;
        assertThat(estimate).isCloseTo(measured - JAVA, within((measured - JAVA) / 8));
    }

    @Test
    void soManyImagesFitAsTheMachineHasMemoryForButOneAtLeast() {
        TrainingMemory memory = new TrainingMemory(1_000_000_000, 100_000_000);
        assertThat(memory.of(3)).isEqualTo(1_300_000_000);
        assertThat(memory.fitting(32, withFree(1_350_000_000))).isEqualTo(3);
        assertThat(memory.fitting(32, withFree(9_000_000_000L))).isEqualTo(32);
        assertThat(memory.fitting(32, withFree(500_000_000))).isEqualTo(1);
    }

    private static MachineMemory withFree(long bytes) {
        long ofTheProgram =
                new MachineMemory(1L << 40, true, 0).besideHeap() - new MachineMemory(1L << 40, true, 0).forModels();
        return new MachineMemory(bytes + ofTheProgram, true, 0);
    }
}
