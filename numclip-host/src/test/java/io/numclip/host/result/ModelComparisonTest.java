package io.numclip.host.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.data.Split;
import io.numclip.data.Uncertainty;
import io.numclip.evaluation.EvaluationConfig;
import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.assembly.TestingFolds;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelComparisonTest {

    private static final Bins BINS =
            new Bins(List.of(new Bin("low", 0, 2, 1), new Bin("high", 2, 4, 3), new Bin("never", 4, 6, 5)));
    private static final List<LabeledImage> IMAGES = List.of(
            image("a", 1, Map.of("sex", "f")),
            image("b", 3, Map.of("sex", "m")),
            image("c", 2, Map.of("sex", "f")),
            image("d", 0, Map.of()));

    @Test
    void partsFollowTheBinsAndABinWithoutImagesHasNone() {
        assertThat(comparison().parts(Parts.BIN).parts()).containsOnlyKeys("low", "high");
    }

    @Test
    void imagesAreDealtByAColumnAndThoseWithoutItStandApart() {
        Map<String, Comparison> parts = comparison().parts("sex").parts();
        assertThat(parts).containsOnlyKeys(ImageParts.NONE, "f", "m");
        assertThat(figure(parts, "f").figures()).containsEntry(OrdinalMetric.MAE, 0.5);
        assertThat(figure(parts, "f").intervals()).containsKey(OrdinalMetric.MAE);
    }

    /** All answers are 1; of the women one is 1 and one 2, so numbers come out half too low. */
    @Test
    void partsHaveTheBiasOfTheModelThatWasAddedLast() {
        ModelComparison comparison = comparison();
        comparison.add(
                "trained",
                new LabeledPredictions(
                        IMAGES, IMAGES.stream().map(image -> sure(2)).toList()));
        Map<String, PartFigures> trained = comparison.parts("sex").trained();
        assertThat(trained.get("f").bias()).isEqualTo(0.5);
        assertThat(trained.get("f").biasInterval()).isEqualTo(new Interval(0, 1));
        assertThat(trained.get("f").coverage().count()).isEqualTo(2);
        assertThat(trained.get("f").coverage().low()).isBetween(0.15, 0.16);
        assertThat(trained.get("m").bias()).isEqualTo(-1);
        assertThat(trained.get("m").biasInterval()).isNull();
        assertThat(trained.get(ImageParts.NONE).coverage().count()).isZero();
        assertThat(comparison().parts("sex").trained().get("f").coverage()).isNull();
    }

    @Test
    void aPartOfOneImageHasFiguresAndNoIntervals() {
        Comparison.Row one = figure(comparison().parts("sex").parts(), "m");
        assertThat(one.figures()).containsEntry(OrdinalMetric.MAE, 2.0).doesNotContainKey(OrdinalMetric.KENDALL);
        assertThat(one.intervals()).isEmpty();
    }

    /** All answers are 1, for the labels 1, 3, 2 and 0; the median of the training labels is 2. */
    @Test
    void theLastModelIsComparedWithEachOtherAndWithTheConstant() {
        ModelComparison comparison = comparison();
        comparison.add("better", new LabeledPredictions(IMAGES.subList(0, 3), List.of(one(), two(), two())));
        Map<String, PairedComparison> differences = comparison.differences();
        assertThat(differences).containsOnlyKeys(Comparison.CONSTANT, "model");
        assertThat(differences.get("model").difference()).isCloseTo((1 - 3) / 3.0, within(1e-12));
        assertThat(differences.get(Comparison.CONSTANT).difference()).isCloseTo((1 - 2) / 3.0, within(1e-12));
    }

    private static ModelComparison comparison() {
        ModelComparison comparison =
                new ModelComparison(BINS, new double[] {1, 2, 3}, EvaluationConfig.defaults(), LabeledImage.SUBJECT);
        comparison.add(
                "model",
                new LabeledPredictions(
                        IMAGES, IMAGES.stream().map(image -> one()).toList()));
        return comparison;
    }

    private static Comparison.Row figure(Map<String, Comparison> parts, String part) {
        return parts.get(part).row("model");
    }

    /** With an interval of 1 to each side. */
    private static Prediction sure(double value) {
        Uncertainty uncertainty = new Uncertainty(
                0.9, new Uncertainty.Interval(value - 1, value + 1), List.of("low"), List.of(), false, false);
        return new Prediction(value, one().concepts(), uncertainty);
    }

    private static Prediction two() {
        return new Prediction(2, one().concepts());
    }

    private static Prediction one() {
        return new Prediction(
                1,
                List.of(
                        new Prediction.Concept("low", 0.7),
                        new Prediction.Concept("high", 0.2),
                        new Prediction.Concept("never", 0.1)));
    }

    private static LabeledImage image(String name, double label, Map<String, String> attributes) {
        LabeledImage any = new TestingFolds().images(Split.TEST).get(0);
        return new LabeledImage(name, any.source(), label, attributes);
    }
}
