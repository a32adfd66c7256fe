package io.numclip.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.Bins;
import io.numclip.data.Familiarity;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.data.Uncertainty.Interval;
import io.numclip.uncertainty.coverage.CoverageMeasure;
import io.numclip.uncertainty.coverage.CoverageReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibratedPredictionsTest {

    private static final double[] SURE_CHILD = {0.9, 0.1, 0, 0, 0};

    private final Calibration calibration = new Calibrator(
                    TestingAges.BINS, TestingAges.SCALE, UncertaintyConfig.defaults(), LabeledImage.SUBJECT)
            .fit(new double[] {5, 80}, TestingAges.random(50, new Random(1)), TestingAges.random(50, new Random(2)));

    @Test
    void intervalsEndAtTheScale() {
        Interval interval = uncertainty(calibration, 0.5).interval();
        assertThat(interval.lower()).isZero();
        assertThat(interval.upper()).isBetween(0.5, 100.0);
        assertThat(uncertainty(calibration, 99.5).interval().upper()).isEqualTo(100);
    }

    @Test
    void intervalsEndAtTheScaleAndNotAtBinsThatWereMoved() {
        CalibratedPredictions moved =
                new CalibratedPredictions(calibration, TestingAges.BINS.moved(1), TestingAges.SCALE);
        assertThat(moved.calibrated(raw(0.5), Map.of()).uncertainty())
                .extracting(uncertainty -> uncertainty.interval().lower())
                .isEqualTo(0.0);
        assertThat(moved.calibrated(raw(99.5), Map.of()).uncertainty())
                .extracting(uncertainty -> uncertainty.interval().upper())
                .isEqualTo(100.0);
    }

    @Test
    void wordsAloneLeaveTheNumbersOfNineTenthsOfTheirProbability() {
        LabelScale whole = new LabelScale(0, 100, "years", true);
        Prediction raw = TestingAges.prediction(14, new double[] {0.05, 0.6, 0.32, 0.03, 0});
        Uncertainty spread = CalibratedPredictions.ofWords(raw, TestingAges.BINS, TestingAges.SCALE)
                .uncertainty();
        assertThat(spread.fromWords()).isTrue();
        assertThat(spread.concepts())
                .containsExactlyElementsOf(TestingAges.BINS.concepts().subList(1, 3));
        assertThat(spread.interval())
                .isEqualTo(new Interval(
                        TestingAges.BINS.get(1).lower(), TestingAges.BINS.get(2).upper()));
        assertThat(CalibratedPredictions.ofWords(raw, TestingAges.BINS, whole).uncertainty())
                .as("the upper edge begins the next concept")
                .extracting(known -> known.interval().upper())
                .isEqualTo(TestingAges.BINS.get(2).upper() - 1);
        assertThat(spread.atLeast().get(0).probability()).isEqualTo(0.95, within(1e-9));
    }

    @Test
    void anIntervalOfWholeNumbersBeginsAtZeroAndNotBelow() {
        LabelScale whole = new LabelScale(0, 100, "years", true);
        Interval interval = new CalibratedPredictions(calibration, TestingAges.BINS, whole)
                .calibrated(raw(1), Map.of())
                .interval()
                .orElseThrow();
        assertThat(interval.lower()).isEqualTo(0.0);
        assertThat(String.valueOf(interval.lower())).isEqualTo("0.0");
    }

    @Test
    void valuesOutsideTheTrainingLabelsAreMarked() {
        assertThat(uncertainty(calibration, 4.9).outOfRange()).isTrue();
        assertThat(uncertainty(calibration, 5).outOfRange()).isFalse();
        assertThat(uncertainty(calibration, 80).outOfRange()).isFalse();
        assertThat(uncertainty(calibration, 80.1).outOfRange()).isTrue();
    }

    @Test
    void wideIntervalsAreMarkedAndTheValueStands() {
        double width = 2 * calibration.plain();
        Calibration strict = calibration.shownAs(IntervalForm.PLAIN, 0.99 * width);
        Prediction marked =
                new CalibratedPredictions(strict, TestingAges.BINS, TestingAges.SCALE).calibrated(raw(50), Map.of());
        assertThat(marked.value()).isEqualTo(50);
        assertThat(marked.uncertainty()).extracting(Uncertainty::abstained).isEqualTo(true);
        assertThat(uncertainty(calibration.shownAs(IntervalForm.PLAIN, 1.01 * width), 50.0)
                        .abstained())
                .isFalse();
        assertThat(uncertainty(calibration.shownAs(IntervalForm.PLAIN, 0.0), 50).abstained())
                .isFalse();
    }

    @Test
    void theReportCountsWhatIsMarked() {
        LabeledPredictions test = TestingAges.random(60, new Random(3));
        CoverageReport all = report(calibration.shownAs(IntervalForm.PLAIN, 1e-3), test);
        assertThat(all.abstained().images()).isEqualTo(60);
        assertThat(all.abstained().answeredMae()).isNull();
        assertThat(all.outOfRange()).isPositive();
        CoverageReport none = report(calibration.shownAs(IntervalForm.PLAIN, 0.0), test);
        assertThat(none.abstained().images()).isZero();
        assertThat(none.abstained().answeredMae()).isPositive();
    }

    @Test
    void atLeastFallsOverTheScale() {
        List<Uncertainty.AtLeast> atLeast = uncertainty(calibration, 10).atLeast();
        assertThat(atLeast).extracting(Uncertainty.AtLeast::threshold).containsExactly(13.0, 19.0, 35.0, 65.0);
        assertThat(atLeast)
                .extracting(Uncertainty.AtLeast::probability)
                .isSortedAccordingTo((left, right) -> Double.compare(right, left));
    }

    @Test
    void wholeEndsHoldTheSameLabels() {
        LabelScale whole = new LabelScale(0, 100, "years", true);
        double half = calibration.plain();
        CalibratedPredictions sure =
                new CalibratedPredictions(calibration.shownAs(IntervalForm.PLAIN, 0.0), TestingAges.BINS, whole);
        Interval interval = sure.calibrated(raw(50), Map.of()).interval().orElseThrow();
        for (int label = 0; label <= 100; label++) {
            boolean inside = Math.abs(label - 50) <= half;
            assertThat(label >= interval.lower() && label <= interval.upper()).isEqualTo(inside);
        }
        assertThat(half % 1).isNotZero();
    }

    /** A child or an older adult, and nobody in between: the promise of nine in ten needs both. */
    @Test
    void anIntervalReachesToASecondHump() {
        CalibratedPredictions sure = new CalibratedPredictions(calibration, TestingAges.BINS, TestingAges.SCALE);
        Prediction either = sure.calibrated(TestingAges.prediction(4, 0.8, 0, 0, 0, 0.2), Map.of());
        assertThat(either.interval().orElseThrow().upper())
                .isGreaterThanOrEqualTo(TestingAges.BINS.get(4).anchor());
        Prediction child = sure.calibrated(TestingAges.prediction(4, 0.95, 0, 0, 0, 0.05), Map.of());
        assertThat(child.interval().orElseThrow().upper()).isLessThan(40);
    }

    @Test
    void anIntervalOfAStrangeImageReachesToAllLikelyConcepts() {
        CalibratedPredictions sure = new CalibratedPredictions(calibration, TestingAges.BINS, TestingAges.SCALE);
        Prediction known = TestingAges.prediction(50, 0, 0, 0.2, 0.6, 0.2);
        Prediction strange = new Prediction(50, known.concepts(), null, new Familiarity(0.01, true), null);
        Interval usual = sure.calibrated(known, Map.of()).interval().orElseThrow();
        Interval wide = sure.calibrated(strange, Map.of()).interval().orElseThrow();
        assertThat(wide.lower())
                .isEqualTo(Math.min(usual.lower(), TestingAges.BINS.get(2).anchor()));
        assertThat(wide.upper())
                .isEqualTo(Math.max(usual.upper(), TestingAges.BINS.get(4).anchor()));
        assertThat(wide.width()).isGreaterThan(usual.width());
    }

    @Test
    void aCalibrationOfOtherBinsIsRefused() {
        Bins two = new Bins(TestingAges.BINS.list().subList(0, 2));
        assertThatThrownBy(() -> new CalibratedPredictions(calibration, two, TestingAges.SCALE))
                .hasMessage("the calibration belongs to a model with 5 bins; found 2");
    }

    @Test
    void aCalibrationSurvivesJson() throws IOException {
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readValue(json.writeValueAsString(calibration), Calibration.class))
                .isEqualTo(calibration);
    }

    private static CoverageReport report(Calibration calibration, LabeledPredictions test) {
        return CoverageMeasure.of(
                new CalibratedPredictions(calibration, TestingAges.BINS, TestingAges.SCALE),
                test,
                null,
                LabeledImage.SUBJECT);
    }

    private static Uncertainty uncertainty(Calibration calibration, double value) {
        return new CalibratedPredictions(calibration, TestingAges.BINS, TestingAges.SCALE)
                .calibrated(raw(value), Map.of())
                .uncertainty();
    }

    private static Prediction raw(double value) {
        return TestingAges.prediction(value, SURE_CHILD);
    }
}
