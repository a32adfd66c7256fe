package io.numclip.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.evaluation.Interval;
import org.junit.jupiter.api.Test;

class FigureTextTest {

    @Test
    void figuresHaveThreeDecimals() {
        assertThat(FigureText.of(2.9412)).isEqualTo("2.941");
        assertThat(FigureText.of(0.0123)).isEqualTo("0.012");
        assertThat(FigureText.of(0)).isEqualTo("0.000");
    }

    @Test
    void aSmallFigureShowsTwoDigits() {
        assertThat(FigureText.of(0.00456)).isEqualTo("0.0046");
        assertThat(FigureText.of(-0.000456)).isEqualTo("-0.00046");
        assertThat(FigureText.of(1e-12)).isEqualTo("0.000");
    }

    @Test
    void anIntervalHasTheDecimalsOfItsFigure() {
        assertThat(FigureText.withInterval(2.9412, new Interval(2.8123, 3.0712)))
                .isEqualTo("2.94 [2.81, 3.07]");
        assertThat(FigureText.withInterval(0.00456, new Interval(0.00223, 0.00811)))
                .isEqualTo("0.0046 [0.0022, 0.0081]");
        assertThat(FigureText.withInterval(0.0001, new Interval(-0.0213, 0.0209)))
                .isEqualTo("0.000 [-0.021, 0.021]");
    }

    @Test
    void noneIsNoMinus() {
        assertThat(FigureText.withInterval(-1e-16, new Interval(-1e-16, 1e-16))).isEqualTo("0.000 [0.000, 0.000]");
    }
}
