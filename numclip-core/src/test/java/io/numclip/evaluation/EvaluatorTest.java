package io.numclip.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import io.numclip.golden.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

    private static final Bins AGES = new Bins(List.of(
            new Bin("child", 0, 13, 6),
            new Bin("teenager", 13, 19, 16),
            new Bin("young adult", 19, 35, 27),
            new Bin("middle adult", 35, 65, 48),
            new Bin("older adult", 65, 100, 75)));

    @Test
    void equalsTheFiguresOfScikitLearnAndSciPy() {
        for (JsonNode golden : Golden.json("metrics.json").get("cases")) {
            Evaluation evaluation = Evaluator.evaluate(
                    AGES, doubles(golden.get("training_labels")), doubles(golden.get("labels")), predictions(golden));

            String name = golden.get("name").asText();
            assertFigures(name + ", model", evaluation.model(), golden.get("model"));
            assertFigures(name + ", constant", evaluation.constant(), golden.get("constant"));
        }
    }

    @Test
    void accuracyAsksForTheLikeliestConceptNotForTheValue() {
        List<Prediction> valueRightConceptWrong = List.of(prediction(25, 4));
        Evaluation evaluation = Evaluator.evaluate(AGES, new double[] {25}, new double[] {25}, valueRightConceptWrong);
        assertThat(evaluation.model()).containsEntry(OrdinalMetric.MAE, 0.0).containsEntry(OrdinalMetric.ACCURACY, 0.0);
    }

    @Test
    void oneImageHasNoRankCorrelation() {
        Evaluation evaluation =
                Evaluator.evaluate(AGES, new double[] {25}, new double[] {25}, List.of(prediction(20, 2)));
        assertThat(evaluation.model()).doesNotContainKey(OrdinalMetric.SPEARMAN).containsEntry(OrdinalMetric.RMSE, 5.0);
    }

    @Test
    void listsThatDoNotFitAreRefused() {
        List<Prediction> one = List.of(prediction(20, 2));
        assertThatThrownBy(() -> Evaluator.evaluate(AGES, new double[] {1}, new double[] {1, 2}, one))
                .hasMessage("each label needs a prediction; found 2 and 1");
        assertThatThrownBy(() -> Evaluator.evaluate(AGES, new double[0], new double[] {1}, one))
                .hasMessage("a constant baseline needs at least 1 training label; found none");
        assertThatThrownBy(() -> Evaluator.evaluate(AGES, new double[] {1}, new double[0], List.of()))
                .hasMessage("an evaluation needs at least 1 image; found 0");
    }

    @Test
    void valuesThatAreNoNumbersAreRefused() {
        List<Prediction> lost = List.of(prediction(Double.NaN, 2));
        assertThatThrownBy(() -> Evaluator.evaluate(AGES, new double[] {1}, new double[] {1}, lost))
                .hasMessage("labels and values must be finite; found 1.0 and NaN");
    }

    @Test
    void predictionsOfOtherBinsAreRefused() {
        List<Prediction> other = List.of(new Prediction(1, List.of(new Prediction.Concept("child", 1))));
        assertThatThrownBy(() -> Evaluator.evaluate(AGES, new double[] {1}, new double[] {1}, other))
                .hasMessage("a prediction needs one probability per bin; found 1 for 5 bins");
    }

    private static void assertFigures(String name, Map<OrdinalMetric, Double> figures, JsonNode golden) {
        for (OrdinalMetric metric : OrdinalMetric.values()) {
            JsonNode expected = golden.get(metric.key());
            if (expected.isNull()) {
                assertThat(figures).as(name).doesNotContainKey(metric);
                continue;
            }
            assertThat(figures.get(metric))
                    .as("%s, %s", name, metric.title())
                    .isCloseTo(expected.asDouble(), within(1e-12 * Math.max(1, expected.asDouble())));
        }
    }

    private static List<Prediction> predictions(JsonNode golden) {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < golden.get("values").size(); i++) {
            predictions.add(prediction(
                    golden.get("values").get(i).asDouble(),
                    golden.get("likeliest_bins").get(i).asInt()));
        }
        return predictions;
    }

    private static Prediction prediction(double value, int likeliest) {
        return new Prediction(
                value,
                IntStream.range(0, AGES.size())
                        .mapToObj(k -> new Prediction.Concept(AGES.get(k).concept(), k == likeliest ? 0.6 : 0.1))
                        .toList());
    }

    private static double[] doubles(JsonNode numbers) {
        return StreamSupport.stream(numbers.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
