package io.numclip.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunTableTest {

    @Test
    void equalFiguresHaveTheirOwnMeanAndNoDeviation() {
        for (double figure : new double[] {0.1, 0.498, 0.971, 1.0 / 3}) {
            List<Double> figures = List.of(figure, figure, figure);
            assertThat(RunTable.mean(figures)).isEqualTo(figure);
            assertThat(RunTable.deviation(figures)).hasValue(0);
        }
        assertThat(RunTable.cell(List.of(0.498, 0.498, 0.498))).isEqualTo("0.498 ± 0.000");
        assertThat(RunTable.cell(List.of(1.0, 2.0, 3.0))).isEqualTo("2.000 ± 1.000");
    }
}
