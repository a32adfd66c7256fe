package io.numclip.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {

    private static final Resampling SEED_1 = Resampling.defaults();

    @Test
    void equalsThePermutationTestOfSciPy() {
        for (JsonNode golden : Golden.json("metrics.json").get("paired")) {
            PairedComparison ours =
                    PairedComparison.of(doubles(golden.get("first")), doubles(golden.get("second")), SEED_1);

            double expected = golden.get("p_value").asDouble();
            double tolerance = golden.get("exact").asBoolean()
                    ? 1e-12
                    : 4 * Math.sqrt(expected * (1 - expected) / 10_000); // four standard errors of 10 000 flips
            assertThat(ours.difference()).isCloseTo(golden.get("difference").asDouble(), within(1e-12));
            assertThat(ours.pValue()).as(golden.get("name").asText()).isCloseTo(expected, within(tolerance));
        }
    }

    @Test
    void aSteadyDifferenceIsSignificantAndItsIntervalLeavesOutZero() {
        double[] first = new double[100];
        double[] second = new double[100];
        for (int i = 0; i < first.length; i++) {
            first[i] = 3 + Math.sin(i);
            second[i] = first[i] + 0.5 + 0.3 * Math.cos(3 * i);
        }
        PairedComparison comparison = PairedComparison.of(first, second, SEED_1);
        assertThat(comparison.difference()).isNegative();
        assertThat(comparison.interval().high()).isNegative();
        assertThat(comparison.pValue()).isLessThan(0.001).isPositive();
        assertThat(comparison.first() - comparison.second()).isCloseTo(comparison.difference(), within(1e-12));
    }

    @Test
    void equalRunsDoNotDiffer() {
        double[] errors = {1, 2, 3};
        assertThat(PairedComparison.of(errors, errors, SEED_1))
                .isEqualTo(new PairedComparison(3, 2, 2, 0, new Interval(0, 0), 1));
    }

    @Test
    void equalSeedsGiveEqualFigures() {
        double[] first = {1, 5, 2, 8, 3, 9, 1, 1, 4, 4, 7, 2, 6, 5, 3};
        double[] second = {2, 3, 3, 7, 5, 6, 2, 1, 5, 3, 8, 3, 9, 4, 2};
        assertThat(PairedComparison.of(first, second, SEED_1)).isEqualTo(PairedComparison.of(first, second, SEED_1));
        assertThat(PairedComparison.of(first, second, new Resampling(1_000, 2)).interval())
                .isNotEqualTo(PairedComparison.of(first, second, SEED_1).interval());
    }

    @Test
    void scoresThatDoNotFitAreRefused() {
        double[] two = {1, 2};
        assertThatThrownBy(() -> PairedComparison.of(two, new double[3], SEED_1))
                .hasMessage("two runs need scores for the same images, at least 2; found 2 and 3");
        assertThatThrownBy(() -> PairedComparison.of(new double[1], new double[1], SEED_1))
                .hasMessageContaining("found 1 and 1");
        assertThatThrownBy(() -> PairedComparison.of(two, new double[] {1, Double.NaN}, SEED_1))
                .hasMessage("scores must be finite; found 2.0 and NaN at 1");
    }

    private static double[] doubles(JsonNode numbers) {
        return StreamSupport.stream(numbers.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
