package io.numclip.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    @Test
    void tableHasAColumnForTheConstant() {
        Evaluation evaluation = new Evaluation(
                12,
                Map.of(
                        OrdinalMetric.MAE, 4.25,
                        OrdinalMetric.ACCURACY, 0.75,
                        OrdinalMetric.OFF_BY_ONE, 1.0,
                        OrdinalMetric.RMSE, 5.0,
                        OrdinalMetric.SPEARMAN, 0.9),
                Map.of(
                        OrdinalMetric.MAE, 21.0,
                        OrdinalMetric.ACCURACY, 0.25,
                        OrdinalMetric.OFF_BY_ONE, 0.5,
                        OrdinalMetric.RMSE, 25.0));
        assertThat(evaluation.table()).isEqualToNormalizingNewlines("""
                                         model    constant
                        MAE              4.250      21.000
                        accuracy         0.750       0.250
                        off-by-one       1.000       0.500
                        RMSE             5.000      25.000
                        Spearman         0.900   undefined
                        """);
    }

    @Test
    void figuresStandInTheOrderOfTheMetrics() {
        Evaluation evaluation = new Evaluation(
                1, Map.of(OrdinalMetric.RMSE, 2.0, OrdinalMetric.ACCURACY, 1.0, OrdinalMetric.MAE, 2.0), Map.of());
        assertThat(evaluation.model())
                .containsExactly(
                        Map.entry(OrdinalMetric.MAE, 2.0),
                        Map.entry(OrdinalMetric.ACCURACY, 1.0),
                        Map.entry(OrdinalMetric.RMSE, 2.0));
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
        assertThat(OrdinalMetric.SPEARMAN.isBetter(0.9, 0.5)).isTrue();
        assertThat(OrdinalMetric.ACCURACY.isBetter(0.5, 0.5)).isFalse();
    }
}
