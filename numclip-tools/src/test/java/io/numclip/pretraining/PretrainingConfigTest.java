package io.numclip.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;
import org.junit.jupiter.api.Test;

class PretrainingConfigTest {

    @Test
    void theRateClimbsThenFallsToNothing() {
        PretrainingConfig config = new PretrainingConfig(1000, 10, 1e-3, 0.1, 1, Precision.FP32);

        assertThat(config.steps()).isEqualTo(100);
        assertThat(config.learningRateFactor(0)).isCloseTo(0.05, within(1e-9));
        assertThat(config.learningRateFactor(10)).isGreaterThan(0.99);
        assertThat(config.learningRateFactor(99)).isLessThan(0.001);
    }

    @Test
    void rangesAreChecked() {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> new PretrainingConfig(1, 2, 1e-3, 0.1, 1, Precision.FP32))
                .withMessage("images must be at least the batch size; found 1");
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> new PretrainingConfig(1000, 2, 1e-3, 0.1, 1, Precision.FP16))
                .withMessage("precision must be auto, fp32 or bf16; found fp16");
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> new TowerShape(20, 8, 32, 1, 32, 1, 16, 16))
                .withMessage("imageSize must be a multiple of patchSize; found 20");
    }
}
