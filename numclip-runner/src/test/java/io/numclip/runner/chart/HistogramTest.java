package io.numclip.runner.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void everyNumberIsInOneRangeAndZeroIsABorder() {
        double[] numbers = {-3.2, -0.001, 0, 0.001, 4.9, 5, 5};
        List<Histogram.Range> ranges = Histogram.ranges(numbers);
        assertThat(ranges.stream().mapToInt(Histogram.Range::count).sum()).isEqualTo(numbers.length);
        assertThat(ranges).anySatisfy(range -> {
            assertThat(range.from()).isZero();
            assertThat(range.count()).isEqualTo(2);
        });
        assertThat(ranges.get(ranges.size() - 1).count()).as("the largest").isEqualTo(2);
    }

    @Test
    void equalNumbersAreOneRange() {
        assertThat(Histogram.ranges(new double[] {2, 2, 2}))
                .singleElement()
                .satisfies(range -> assertThat(range.count()).isEqualTo(3));
    }
}
