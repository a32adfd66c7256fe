package io.numclip.uncertainty;

import static io.numclip.golden.GoldenFigures.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.golden.Golden;
import io.numclip.uncertainty.coverage.CoverageMeasure;
import io.numclip.uncertainty.coverage.CoverageReport;
import io.numclip.uncertainty.temperature.OpinionPool;
import io.numclip.uncertainty.temperature.Temperature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against SciPy, scikit-learn, MAPIE, crepes and NumPy; see tools/golden/uncertainty.py. */
class CalibratorTest {

    private static final Bins AGES = TestingAges.BINS;

    private final JsonNode golden = Golden.json("uncertainty.json");

    @Test
    void temperatureIsThatOfSciPy() {
        assertClose(calibration().temperature(), golden.get("temperature"), 1e-6);
    }

    @Test
    void difficultyIsTheRidgeRegressionOfScikitLearn() {
        Calibration calibration = calibration();
        List<double[]> probabilities = tempered(calibration);
        for (int n = 0; n < probabilities.size(); n++) {
            double[] ofImage = probabilities.get(n);
            assertClose(Spread.of(AGES.anchors(), ofImage), golden.get("spread").get(n), 1e-5);
            double difficulty = calibration.difficulty().of(AGES.anchors(), ofImage);
            assertClose(difficulty, golden.get("difficulty").get(n), 1e-5);
        }
    }

    @Test
    void halfWidthsAreThoseOfMapie() {
        Calibration calibration = calibration();
        List<double[]> probabilities = tempered(calibration);
        for (int n = 0; n < probabilities.size(); n++) {
            double difficulty = calibration.difficulty().of(AGES.anchors(), probabilities.get(n));
            assertClose(calibration.plain(), golden.get("plain").get(n), 1e-9);
            assertClose(
                    calibration.normalised() * difficulty,
                    golden.get("normalised").get(n),
                    1e-5);
        }
    }

    @Test
    void binsWithTooFewImagesShareTheQuantileOfTheirNeighbours() {
        Calibration calibration = calibration();
        for (int k = 0; k < AGES.size(); k++) {
            assertClose(calibration.perBin().get(k), golden.get("per_bin").get(k), 1e-9);
            assertThat(calibration.binGroups().get(k))
                    .isEqualTo(golden.get("bin_groups").get(k).asInt());
        }
        assertThat(calibration.binGroups()).containsSubsequence(0, 0);
    }

    @Test
    void distributionsAreThoseOfNumPyAndSciPy() {
        CalibratedPredictions answers = new CalibratedPredictions(calibration(), AGES, TestingAges.SCALE);
        List<Prediction> raw = predictions(golden.get("test"));
        for (int n = 0; n < raw.size(); n++) {
            Uncertainty uncertainty = answers.calibrated(raw.get(n), Map.of()).uncertainty();
            JsonNode set = golden.get("sets").get(n);
            assertThat(uncertainty.concepts())
                    .isEqualTo(AGES.concepts()
                            .subList(set.get(0).asInt(), set.get(1).asInt() + 1));
            assertThat(uncertainty.atLeast()).hasSize(AGES.size() - 1);
            for (int k = 1; k < AGES.size(); k++) {
                Uncertainty.AtLeast atLeast = uncertainty.atLeast().get(k - 1);
                assertThat(atLeast.threshold()).isEqualTo(AGES.get(k).lower());
                assertClose(atLeast.probability(), golden.get("at_least").get(n).get(k - 1), 1e-5);
            }
        }
    }

    /** The steps of crepes' conformal predictive system are not evened out, so that it may be one step away. */
    @Test
    void chancesByErrorsAreThoseOfNumPyAndOfCrepes() {
        CalibratedPredictions answers = new CalibratedPredictions(calibration(), AGES, TestingAges.SCALE);
        double step = 1.0 / (1 + golden.get("calibrating").get("values").size());
        List<Prediction> raw = predictions(golden.get("test"));
        for (int n = 0; n < raw.size(); n++) {
            double[] byErrors = answers.opinions(raw.get(n), Map.of())[0];
            double above = 1;
            for (int k = 1; k < AGES.size(); k++) {
                above -= byErrors[k - 1];
                assertClose(above, golden.get("at_least_by_errors").get(n).get(k - 1), 1e-5);
                JsonNode crepes = golden.get("at_least_by_crepes").get(n).get(k - 1);
                assertThat(above).isCloseTo(crepes.asDouble(), within(step));
            }
        }
    }

    @Test
    void errorsAndWordsArePooledAsBySciPy() {
        OpinionPool pool = Objects.requireNonNull(
                Objects.requireNonNull(calibration().form()).pool());
        assertClose(pool.errors(), golden.get("pool").get(0), 1e-5);
        assertClose(pool.words(), golden.get("pool").get(1), 1e-5);
        for (int k = 0; k < AGES.size(); k++) {
            assertClose(pool.concepts().get(k), golden.get("pool").get(k + 2), 1e-5);
        }
    }

    @Test
    void likelihoodOfWordsAndOfWhatIsShownIsThatOfNumPy() {
        CoverageReport report = CoverageMeasure.of(
                new CalibratedPredictions(calibration(), AGES, TestingAges.SCALE),
                labeled("test"),
                null,
                LabeledImage.SUBJECT);
        assertClose(report.words().negativeLogLikelihood(), golden.get("raw").get("nll"), 1e-9);
        assertClose(report.words().expectedCalibrationError(), golden.get("raw").get("ece"), 1e-9);
        assertClose(
                report.chances().negativeLogLikelihood(), golden.get("shown").get("nll"), 1e-5);
        assertClose(
                report.chances().expectedCalibrationError(), golden.get("shown").get("ece"), 1e-6);
    }

    @Test
    void tooFewImagesAreRefused() {
        LabeledPredictions few = TestingAges.labeled(
                new double[8], predictions(golden.get("test")).subList(0, 8));
        Calibrator calibrator =
                new Calibrator(AGES, TestingAges.SCALE, UncertaintyConfig.defaults(), LabeledImage.SUBJECT);
        assertThatThrownBy(() -> calibrator.fit(new double[] {0, 100}, labeled("shaping"), few))
                .hasMessage("a coverage of 0.9 needs at least 9 calibration images; found 8");
    }

    @Test
    void fewImagesOfAnotherPlaceHaveWidthsAndThresholdsOfTheirOwn() {
        LabeledPredictions few = TestingAges.random(20, new Random(5));
        UncertaintyConfig usual = UncertaintyConfig.defaults();
        UncertaintyConfig config = new UncertaintyConfig(
                0.9,
                0.5,
                IntervalForm.NORMALISED,
                0.05,
                0,
                "",
                usual.target(),
                List.of(new CutConfig(50.0, null, 0.2), new CutConfig(18.0, null, 0.01)));
        Calibration known = calibration();
        Calibration again = new Calibrator(AGES, TestingAges.SCALE, config, "").again(known, few, false);
        double[] errors = few.errors();
        double[] normalised = new double[20];
        for (int n = 0; n < 20; n++) {
            double[] words = Temperature.apply(
                    known.temperature(), few.predictions().get(n).probabilities());
            normalised[n] = errors[n] / known.difficulty().of(AGES.anchors(), words);
        }
        Arrays.sort(errors);
        Arrays.sort(normalised);
        assertThat(again.plain()).as("the 19th of 20").isEqualTo(errors[18]);
        assertThat(again.normalised()).isEqualTo(normalised[18]);
        assertThat(again.perBin()).containsOnly(errors[18]);
        assertThat(again.images()).isEqualTo(20);
        assertThat(again.forms()).containsExactly(IntervalForm.PLAIN, IntervalForm.NORMALISED, IntervalForm.PER_BIN);
        assertThat(again.cuts().get(0).threshold()).isNotNull();
        assertThat(again.cuts().get(1).problem().orElseThrow()).contains("every image is treated as below 18");
    }

    @Test
    void aModelWithoutCalibrationGetsPlainIntervals() {
        LabeledPredictions few = TestingAges.random(20, new Random(5));
        Calibrator calibrator =
                new Calibrator(AGES, TestingAges.SCALE, UncertaintyConfig.defaults(), LabeledImage.SUBJECT);
        Calibration first = calibrator.again(null, few, false);
        assertThat(first.normalised()).isEqualTo(first.plain());
        assertThat(first.lowestLabel()).isZero();
        Prediction shown = new CalibratedPredictions(first, AGES, TestingAges.SCALE)
                .calibrated(few)
                .predictions()
                .get(0);
        assertThat(shown.value()).isEqualTo(few.predictions().get(0).value());
        assertThat(shown.interval().orElseThrow().width()).isLessThanOrEqualTo(2 * first.plain());
    }

    private Calibration calibration() {
        return new Calibrator(AGES, TestingAges.SCALE, UncertaintyConfig.defaults(), LabeledImage.SUBJECT)
                .fit(new double[] {0, 100}, labeled("shaping"), labeled("calibrating"));
    }

    private List<double[]> tempered(Calibration calibration) {
        return predictions(golden.get("test")).stream()
                .map(raw -> Temperature.apply(calibration.temperature(), raw.probabilities()))
                .toList();
    }

    private LabeledPredictions labeled(String part) {
        return TestingAges.labeled(doubles(golden.get(part).get("labels")), predictions(golden.get(part)));
    }

    private static List<Prediction> predictions(JsonNode part) {
        List<Prediction> predictions = new ArrayList<>();
        for (int n = 0; n < part.get("values").size(); n++) {
            double value = part.get("values").get(n).asDouble();
            predictions.add(TestingAges.prediction(
                    value, doubles(part.get("probabilities").get(n))));
        }
        return predictions;
    }

    private static void assertClose(double found, JsonNode expected, double relative) {
        assertThat(found)
                .isCloseTo(expected.asDouble(), within(relative * Math.max(1e-3, Math.abs(expected.asDouble()))));
    }
}
