package io.numclip.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScaleStepsTest {

    @Test
    void aStepIsCalledByTheNumberInItsMiddle() {
        assertThat(ScaleSteps.words(-100, 0))
                .containsExactly("-95", "-85", "-75", "-65", "-55", "-45", "-35", "-25", "-15", "-5");
        assertThat(ScaleSteps.words(0, 1e9)).startsWith("50000000").endsWith("950000000");
        assertThat(ScaleSteps.words(-1, 1.25)).contains("0.0125");
        assertThat(ScaleSteps.words(-1.5, 1.8)).hasSize(10);
        assertThat(ScaleSteps.words(-9, 11)).contains("0");
    }

    @Test
    void aCalculatedNumberIsWrittenWithoutTheErrorOfTheCalculation() {
        assertThat(ScaleSteps.words(0, 0.02).get(1)).isEqualTo("0.003");
        assertThat(ScaleSteps.words(0.98, 1).get(0)).isEqualTo("0.981");
    }
}
