package io.numclip.evaluation;

import static io.numclip.golden.GoldenFigures.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import io.numclip.golden.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static final Bins AGES = new Bins(List.of(
            new Bin("child", 0, 13, 6),
            new Bin("teenager", 13, 19, 16),
            new Bin("young adult", 19, 35, 27),
            new Bin("middle adult", 35, 65, 48),
            new Bin("older adult", 65, 100, 75)));

    @Test
    void intervalsAreNearThoseOfSciPy() {
        JsonNode golden = Golden.json("metrics.json").get("cases").get(0);
        Scored scored = Scored.of(AGES, doubles(golden.get("labels")), predictions(golden), 5);
        for (OrdinalMetric metric : OrdinalMetric.values()) {
            JsonNode expected = golden.get("intervals").path(metric.key());
            if (expected.isMissingNode()) {
                continue;
            }
            Interval ours = interval(metric, scored, new EvaluationConfig(0, 4_000, 1));
            double low = expected.get(0).asDouble();
            double high = expected.get(1).asDouble();
            double tenth = (high - low) / 10;
            assertThat(ours.low()).as("%s, low", metric.title()).isCloseTo(low, within(tenth));
            assertThat(ours.high()).as("%s, high", metric.title()).isCloseTo(high, within(tenth));
        }
    }

    @Test
    void theTrueErrorLiesInAboutNineteenOfTwentyIntervals() {
        SplittableRandom random = new SplittableRandom(3);
        int covered = 0;
        for (int sample = 0; sample < 400; sample++) {
            double[] labels = random.doubles(60, 0, 100).toArray();
            List<Prediction> predictions = Arrays.stream(labels)
                    .mapToObj(label -> prediction(label + random.nextDouble(-8, 8)))
                    .toList();
            Scored scored = Scored.of(AGES, labels, predictions, 5);
            covered += interval(OrdinalMetric.MAE, scored, new EvaluationConfig(0, 500, sample))
                            .contains(4)
                    ? 1
                    : 0;
        }
        assertThat(covered).isBetween(360, 396); // 95 % of 400 are 380, with a standard error of 4.4
    }

    @Test
    void equalSeedsGiveEqualIntervalsWhateverElseIsAsked() {
        JsonNode golden = Golden.json("metrics.json").get("cases").get(0);
        Scored scored = Scored.of(AGES, doubles(golden.get("labels")), predictions(golden), 5);
        EvaluationConfig config = EvaluationConfig.defaults();
        Map<OrdinalMetric, Interval> both = Bootstrap.intervals(
                Map.of(OrdinalMetric.MAE, scored, OrdinalMetric.KENDALL, scored),
                Clusters.single(scored.count()),
                config);
        assertThat(interval(OrdinalMetric.KENDALL, scored, config)).isEqualTo(both.get(OrdinalMetric.KENDALL));
        assertThat(interval(OrdinalMetric.MAE, scored, new EvaluationConfig(0, 1_000, 2)))
                .isNotEqualTo(both.get(OrdinalMetric.MAE));
    }

    /** Two persons: a sample has one of them twice, or both. */
    @Test
    void theImagesOfAClusterAreSampledTogether() {
        double[] labels = {10, 20, 30, 40};
        List<Prediction> predictions = List.of(prediction(11), prediction(21), prediction(33), prediction(43));
        Scored scored = Scored.of(AGES, labels, predictions, 5);
        Clusters persons = Clusters.of(List.of("a", "a", "b", "b"));
        EvaluationConfig config = EvaluationConfig.defaults();
        assertThat(Bootstrap.intervals(Map.of(OrdinalMetric.MAE, scored), persons, config))
                .containsEntry(OrdinalMetric.MAE, new Interval(1, 3));
        assertThat(Bootstrap.intervals(
                        Map.of(OrdinalMetric.MAE, scored), Clusters.of(List.of("a", "a", "a", "a")), config))
                .isEmpty();
    }

    private static Interval interval(OrdinalMetric metric, Scored scored, EvaluationConfig config) {
        return Bootstrap.intervals(Map.of(metric, scored), Clusters.single(scored.count()), config)
                .get(metric);
    }

    private static List<Prediction> predictions(JsonNode golden) {
        return IntStream.range(0, golden.get("values").size())
                .mapToObj(i -> new Prediction(
                        golden.get("values").get(i).asDouble(),
                        concepts(doubles(golden.get("probabilities").get(i)))))
                .toList();
    }

    private static Prediction prediction(double value) {
        return new Prediction(value, concepts(0.2, 0.2, 0.2, 0.2, 0.2));
    }

    private static List<Prediction.Concept> concepts(double... probabilities) {
        return Arrays.stream(probabilities)
                .mapToObj(probability -> new Prediction.Concept("", probability))
                .toList();
    }
}
