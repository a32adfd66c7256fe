package io.numclip.runner.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void everyNumberIsInOneRangeAndZeroIsABorder() {
        double[] numbers = {-3.2, -0.001, 0, 0.001, 4.9, 5, 5};
        List<Histogram.Range> ranges = Histogram.ranges(numbers, 1);
        assertThat(ranges.stream().mapToInt(Histogram.Range::count).sum()).isEqualTo(numbers.length);
        assertThat(ranges).anySatisfy(range -> {
            assertThat(range.from()).isZero();
            assertThat(range.count()).isEqualTo(2);
        });
        assertThat(ranges.get(ranges.size() - 1).count()).as("the largest").isEqualTo(2);
    }

    @Test
    void equalNumbersAreOneRangeInTheMiddleOfTheLeastWidth() {
        List<Histogram.Range> ranges = Histogram.ranges(new double[] {2, 2 + 1e-12, 2}, 0.1);
        assertThat(ranges)
                .filteredOn(range -> range.count() > 0)
                .singleElement()
                .satisfies(range -> assertThat(range.count()).isEqualTo(3));
        assertThat(ranges.get(0).from()).isCloseTo(1.95, within(0.01));
        assertThat(ranges.get(ranges.size() - 1).to()).isCloseTo(2.05, within(0.01));
    }
}
