package io.numclip.evaluation;

import static io.numclip.golden.GoldenFigures.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import io.numclip.golden.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

    private static final Bins AGES = new Bins(List.of(
            new Bin("child", 0, 13, 6),
            new Bin("teenager", 13, 19, 16),
            new Bin("young adult", 19, 35, 27),
            new Bin("middle adult", 35, 65, 48),
            new Bin("older adult", 65, 100, 75)));

    private static final EvaluationConfig NO_INTERVALS = new EvaluationConfig(0, 0, 1);

    @Test
    void equalsTheFiguresOfScikitLearnSciPyAndDlordinal() {
        for (JsonNode golden : Golden.json("metrics.json").get("cases")) {
            Evaluator evaluator = new Evaluator(
                    bins(doubles(golden.get("edges"))), doubles(golden.get("training_labels")), NO_INTERVALS);
            double[] labels = doubles(golden.get("labels"));
            Figures model = evaluator.figures(labels, predictions(golden));
            Figures constant = evaluator.figuresOfConstants(labels, Clusters.single(labels.length));

            String name = golden.get("name").asText();
            assertThat(evaluator.tolerance()).isEqualTo(golden.get("tolerance").asDouble());
            assertFigures(name + ", model", model.values(), golden.get("model"));
            assertFigures(name + ", constant", constant.values(), golden.get("constant"));
        }
    }

    @Test
    void accuracyAsksForTheLikeliestConceptNotForTheValue() {
        assertThat(evaluateOne(25, prediction(25, 4)).values())
                .containsEntry(OrdinalMetric.MAE, 0.0)
                .containsEntry(OrdinalMetric.ACCURACY, 0.0);
    }

    @Test
    void oneImageHasNoCorrelationAndNoInterval() {
        assertThat(evaluateOne(25, prediction(20, 2)).values())
                .containsEntry(OrdinalMetric.RMSE, 5.0)
                .doesNotContainKeys(OrdinalMetric.SPEARMAN, OrdinalMetric.PEARSON, OrdinalMetric.KENDALL);
        assertThat(evaluateOne(25, prediction(20, 2)).intervals()).isEmpty();
    }

    @Test
    void kappaOfOneBinIsUndefined() {
        assertThat(evaluateOne(25, prediction(20, 2)).values()).doesNotContainKey(OrdinalMetric.QUADRATIC_KAPPA);
    }

    @Test
    void everyDefinedFigureLiesWithinItsInterval() {
        JsonNode golden = Golden.json("metrics.json").get("cases").get(0);
        Figures model = new Evaluator(AGES, doubles(golden.get("training_labels")), EvaluationConfig.defaults())
                .figures(doubles(golden.get("labels")), predictions(golden));
        assertThat(model.intervals().keySet()).isEqualTo(model.values().keySet());
        model.values()
                .forEach((metric, figure) -> assertThat(
                                model.intervals().get(metric).contains(figure))
                        .as(metric.title())
                        .isTrue());
    }

    @Test
    void itSaysWhichConstantEachMetricWants() {
        double[] training = {10, 10, 10, 20, 60};
        assertThat(new Evaluator(AGES, training, NO_INTERVALS).constants())
                .containsEntry(OrdinalMetric.MAE, "10, the median")
                .containsEntry(OrdinalMetric.RMSE, "22, the mean")
                .containsEntry(OrdinalMetric.ACCURACY, "child, the majority")
                .containsEntry(OrdinalMetric.OFF_BY_ONE, "teenager")
                .containsEntry(OrdinalMetric.RPS, "the shares of the bins")
                .doesNotContainKey(OrdinalMetric.SPEARMAN);
    }

    @Test
    void listsThatDoNotFitAreRefused() {
        List<Prediction> one = List.of(prediction(20, 2));
        assertThatThrownBy(() -> ages(1).figures(new double[] {1, 2}, one))
                .hasMessage("each label needs a prediction; found 2 and 1");
        assertThatThrownBy(() -> ages()).hasMessage("a constant baseline needs at least 1 training label; found none");
        assertThatThrownBy(() -> ages(1).figures(new double[0], List.of()))
                .hasMessage("an evaluation needs at least 1 image; found 0");
    }

    @Test
    void valuesThatAreNoNumbersAreRefused() {
        List<Prediction> lost = List.of(prediction(Double.NaN, 2));
        assertThatThrownBy(() -> ages(1).figures(new double[] {1}, lost))
                .hasMessage("labels and values must be finite; found 1.0 and NaN");
    }

    @Test
    void predictionsOfOtherBinsAreRefused() {
        List<Prediction> other = List.of(new Prediction(1, List.of(new Prediction.Concept("child", 1))));
        assertThatThrownBy(() -> ages(1).figures(new double[] {1}, other))
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

    private static Evaluator ages(double... trainingLabels) {
        return new Evaluator(AGES, trainingLabels, NO_INTERVALS);
    }

    private static Figures evaluateOne(double label, Prediction prediction) {
        return new Evaluator(AGES, new double[] {label}, EvaluationConfig.defaults())
                .figures(new double[] {label}, List.of(prediction));
    }

    private static List<Prediction> predictions(JsonNode golden) {
        return IntStream.range(0, golden.get("values").size())
                .mapToObj(i -> new Prediction(
                        golden.get("values").get(i).asDouble(),
                        Arrays.stream(doubles(golden.get("probabilities").get(i)))
                                .mapToObj(probability -> new Prediction.Concept("", probability))
                                .toList()))
                .toList();
    }

    private static Bins bins(double[] edges) {
        return new Bins(IntStream.range(0, edges.length - 1)
                .mapToObj(k -> new Bin("bin " + k, edges[k], edges[k + 1], edges[k]))
                .toList());
    }

    private static Prediction prediction(double value, int likeliest) {
        return new Prediction(
                value,
                IntStream.range(0, AGES.size())
                        .mapToObj(k -> new Prediction.Concept(AGES.get(k).concept(), k == likeliest ? 0.6 : 0.1))
                        .toList());
    }
}
