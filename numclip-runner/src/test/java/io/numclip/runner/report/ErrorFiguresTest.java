package io.numclip.runner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ErrorFiguresTest {

    @Test
    void everyNumberIsInOneRangeAndZeroIsABorder() {
        double[] numbers = {-3.2, -0.001, 0, 0.001, 4.9, 5, 5};
        Table ranges = ErrorFigures.ranges(numbers, 1);
        double[] images = ranges.numbers("images");
        assertThat(DoubleStream.of(images).sum()).isEqualTo(numbers.length);
        int zero = ranges.rows().stream().map(row -> row.get(0)).toList().indexOf("0");
        assertThat(images[zero]).isEqualTo(2);
        assertThat(images[images.length - 1]).as("the largest").isEqualTo(2);
    }

    @Test
    void equalNumbersAreOneRangeInTheMiddleOfTheLeastWidth() {
        Table ranges = ErrorFigures.ranges(new double[] {2, 2 + 1e-12, 2}, 0.1);
        assertThat(DoubleStream.of(ranges.numbers("images")).filter(count -> count > 0))
                .containsExactly(3.0);
        assertThat(ranges.numbers("from")[0]).isCloseTo(1.95, within(0.01));
        assertThat(ranges.numbers("to")[ranges.rows().size() - 1]).isCloseTo(2.05, within(0.01));
    }
}
