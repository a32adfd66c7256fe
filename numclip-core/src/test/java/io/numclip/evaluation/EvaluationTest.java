package io.numclip.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    @Test
    void figuresStandInTheOrderOfTheMetrics() {
        Figures figures = new Figures(
                Map.of(OrdinalMetric.ACCURACY, 1.0, OrdinalMetric.RMSE, 2.0, OrdinalMetric.MAE, 2.0), Map.of());
        assertThat(figures.values())
                .containsExactly(
                        Map.entry(OrdinalMetric.MAE, 2.0),
                        Map.entry(OrdinalMetric.RMSE, 2.0),
                        Map.entry(OrdinalMetric.ACCURACY, 1.0));
    }

    @Test
    void everyMetricHasAKeyAndATitleOfItsOwn() {
        assertThat(OrdinalMetric.values()).extracting(OrdinalMetric::key).doesNotHaveDuplicates();
        assertThat(OrdinalMetric.values()).extracting(OrdinalMetric::title).doesNotHaveDuplicates();
    }

    @Test
    void lowErrorsAndHighCorrelationsAreBetter() {
        assertThat(OrdinalMetric.MAE.isBetter(1, 2)).isTrue();
        assertThat(OrdinalMetric.RMSE.isBetter(2, 1)).isFalse();
        assertThat(OrdinalMetric.RPS.isBetter(0.1, 0.2)).isTrue();
        assertThat(OrdinalMetric.SPEARMAN.isBetter(0.9, 0.5)).isTrue();
        assertThat(OrdinalMetric.ACCURACY.isBetter(0.5, 0.5)).isFalse();
    }

    @Test
    void theToleranceFollowsTheScaleUnlessItIsSet() {
        EvaluationConfig derived = EvaluationConfig.defaults();
        assertThat(derived.tolerance(scale(0, 100))).isEqualTo(5);
        assertThat(derived.tolerance(scale(1930, 1980))).isEqualTo(2);
        assertThat(derived.tolerance(scale(1, 5))).isEqualTo(0.2);
        assertThat(derived.tolerance(scale(0, 20))).isEqualTo(1);
        assertThat(derived.tolerance(scale(0, 2_000))).isEqualTo(100);
        assertThat(new EvaluationConfig(3, 0, 1).tolerance(scale(0, 100))).isEqualTo(3);
    }

    @Test
    void settingsBelowZeroAreRefused() {
        assertThatThrownBy(() -> new EvaluationConfig(-1, 0, 1)).hasMessage("tolerance must be 0 or more; found -1.0");
        assertThatThrownBy(() -> new EvaluationConfig(0, -1, 1)).hasMessage("resamples must be 0 or more; found -1");
    }

    private static Bins scale(double minimum, double maximum) {
        double middle = (minimum + maximum) / 2;
        return new Bins(List.of(new Bin("low", minimum, middle, minimum), new Bin("high", middle, maximum, maximum)));
    }
}
