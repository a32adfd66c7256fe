package io.numclip.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.evaluation.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTest {

    @Test
    void figuresHaveThreeDecimals() {
        assertThat(Measure.of(2.9412)).hasToString("2.941");
        assertThat(Measure.of(0.0123)).hasToString("0.012");
        assertThat(Measure.of(0)).hasToString("0.000");
    }

    @Test
    void aSmallFigureShowsTwoDigits() {
        assertThat(Measure.of(0.00456)).hasToString("0.0046");
        assertThat(Measure.of(-0.000456)).hasToString("-0.00046");
        assertThat(Measure.of(1e-12)).hasToString("0.000");
    }

    @Test
    void anIntervalHasTheDecimalsOfItsFigure() {
        assertThat(Measure.of(2.9412, new Interval(2.8123, 3.0712))).hasToString("2.94 [2.81, 3.07]");
        assertThat(Measure.of(0.00456, new Interval(0.00223, 0.00811))).hasToString("0.0046 [0.0022, 0.0081]");
        assertThat(Measure.of(0.0001, new Interval(-0.0213, 0.0209))).hasToString("0.000 [-0.021, 0.021]");
    }

    @Test
    void noneIsNoMinus() {
        assertThat(Measure.of(-1e-16, new Interval(-1e-16, 1e-16))).hasToString("0.000 [0.000, 0.000]");
    }

    @Test
    void equalFiguresHaveTheirOwnMeanAndNoDeviation() {
        for (double figure : new double[] {0.1, 0.498, 0.971, 1.0 / 3}) {
            List<Double> figures = List.of(figure, figure, figure);
            assertThat(Measure.mean(figures)).isEqualTo(figure);
            assertThat(Measure.deviation(figures)).hasValue(0);
        }
        assertThat(Measure.over(List.of(0.498, 0.498, 0.498))).hasToString("0.498 ± 0.000");
        assertThat(Measure.over(List.of(1.0, 2.0, 3.0))).hasToString("2.000 ± 1.000");
    }
}
