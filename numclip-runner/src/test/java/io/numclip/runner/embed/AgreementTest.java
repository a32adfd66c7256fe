package io.numclip.runner.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private static final List<float[]> EXACT = List.of(new float[] {1, 0}, new float[] {0, 2}, new float[] {1, 1});

    @Test
    void cosinesAreOfTheSameImages() {
        List<float[]> rounded = List.of(new float[] {2, 0}, new float[] {0, 1}, new float[] {1, 0});
        Agreement agreement = Agreement.of(EXACT, rounded);
        assertThat(agreement.images()).isEqualTo(3);
        assertThat(agreement.lowest()).isCloseTo(Math.sqrt(0.5), within(1e-12));
        assertThat(agreement.median()).isCloseTo(1, within(1e-12));
        assertThat(agreement.ofOthers()).isCloseTo(Math.sqrt(0.5) / 2, within(1e-12)); // of 0 and √½
    }

    @Test
    void oneImageHasNoOther() {
        assertThat(Agreement.of(EXACT.subList(0, 1), EXACT.subList(0, 1)).ofOthers())
                .isNaN();
    }
}
