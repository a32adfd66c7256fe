package io.numclip.evaluation;

import static io.numclip.golden.GoldenFigures.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

    /** Over clusters crossed with seeds: all samples of a small case, counted out. */
    @Test
    void equalsThePigeonholeBootstrapAndTheTestByClusterOfSciPy() {
        for (JsonNode golden : Golden.json("comparisons.json").get("crossed")) {
            PairedComparison ours = crossed(golden, new Resampling(40_000, 1));
            double low = golden.get("interval").get(0).asDouble();
            double high = golden.get("interval").get(1).asDouble();
            double fiftieth = (high - low) / 50;
            assertThat(ours.difference()).isCloseTo(golden.get("difference").asDouble(), within(1e-12));
            assertThat(ours.pValue()).isCloseTo(golden.get("p_value").asDouble(), within(1e-12));
            assertThat(ours.interval().low()).isCloseTo(low, within(fiftieth));
            assertThat(ours.interval().high()).isCloseTo(high, within(fiftieth));
        }
    }

    /** One of two seeds is better by 1, the other by 3, on every image: the seeds alone decide. */
    @Test
    void whereOnlySeedsDifferTheIntervalSpansThem() {
        double[] zeros = new double[8];
        double[] second = {1, 1, 1, 1, 3, 3, 3, 3};
        int[] run = {0, 0, 0, 0, 1, 1, 1, 1};
        Clusters clusters = Clusters.of(List.of("a", "b", "c", "d", "a", "b", "c", "d"));
        PairedComparison comparison = PairedComparison.of(zeros, second, clusters, run, SEED_1);
        assertThat(comparison.interval()).isEqualTo(new Interval(-3, -1));
        assertThat(comparison.clusters()).isEqualTo(4);
        assertThat(comparison.pValue()).isEqualTo(2 / 16.0);
    }

    /** Two photographs, each a hundred times: two independent differences, not two hundred. */
    @Test
    void copiesOfAnImageAreNotMoreEvidence() {
        double[] zeros = new double[200];
        double[] second = new double[200];
        Arrays.setAll(second, i -> i < 100 ? 1 : 2);
        Clusters clusters = Clusters.of(
                IntStream.range(0, 200).mapToObj(i -> i < 100 ? "one" : "other").toList());
        PairedComparison comparison = PairedComparison.of(zeros, second, clusters, new int[200], SEED_1);
        assertThat(comparison.interval()).isEqualTo(new Interval(-2, -1));
        assertThat(comparison.pValue()).isEqualTo(0.5);
        assertThat(PairedComparison.of(zeros, second, SEED_1).pValue()).isLessThan(0.001);
    }

    private static PairedComparison crossed(JsonNode golden, Resampling resampling) {
        int images = golden.get("cluster").size();
        int runs = golden.get("first").get(0).size();
        double[] first = new double[images * runs];
        double[] second = new double[images * runs];
        int[] run = new int[images * runs];
        List<String> clusters = new ArrayList<>();
        for (int i = 0; i < first.length; i++) {
            run[i] = i % runs;
            first[i] = golden.get("first").get(i / runs).get(run[i]).asDouble();
            second[i] = golden.get("second").get(i / runs).get(run[i]).asDouble();
            clusters.add(golden.get("cluster").get(i / runs).asText());
        }
        return PairedComparison.of(first, second, Clusters.of(clusters), run, resampling);
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
                .isEqualTo(new PairedComparison(3, 3, 2, 2, 0, new Interval(0, 0), 1));
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
        assertThatThrownBy(() -> PairedComparison.of(two, two, Clusters.of(List.of("a", "a")), new int[2], SEED_1))
                .hasMessageContaining("at least 2 clusters");
    }
}
