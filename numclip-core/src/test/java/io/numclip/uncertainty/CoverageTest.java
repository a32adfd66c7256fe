package io.numclip.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.uncertainty.coverage.CoverageMeasure;
import io.numclip.uncertainty.coverage.CoverageReport;
import io.numclip.uncertainty.coverage.CoverageReport.Intervals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Over many draws of calibration and test images the promise holds, neither less nor much more. */
class CoverageTest {

    private static final int DRAWS = 200;

    private static List<CoverageReport> reports;

    @BeforeAll
    static void draw() {
        reports = new ArrayList<>();
        Calibrator calibrator =
                new Calibrator(TestingAges.BINS, TestingAges.SCALE, UncertaintyConfig.defaults(), LabeledImage.SUBJECT);
        for (int seed = 0; seed < DRAWS; seed++) {
            Random random = new Random(seed);
            Calibration calibration = calibrator.fit(
                    new double[] {0, 100}, TestingAges.random(100, random), TestingAges.random(100, random));
            CalibratedPredictions answers = new CalibratedPredictions(calibration, TestingAges.BINS, TestingAges.SCALE);
            reports.add(CoverageMeasure.of(answers, TestingAges.random(200, random), null, LabeledImage.SUBJECT));
        }
    }

    @Test
    void everyFormKeepsItsPromise() {
        for (IntervalForm form : reports.get(0).intervals().keySet()) {
            assertThat(mean(report -> intervals(report, form).coverage()))
                    .as(form.toString())
                    .isBetween(0.895, form == IntervalForm.PER_BIN ? 0.935 : 0.915);
        }
    }

    @Test
    void setsKeepTheirPromise() {
        assertThat(mean(report -> report.sets().coverage())).isBetween(0.9, 0.99);
        assertThat(mean(report -> report.sets().meanSize())).isBetween(1.0, 2.0);
    }

    @Test
    void normalisedIntervalsAreNarrowerWhereErrorsAreSmall() {
        ToDoubleFunction<CoverageReport> easy =
                report -> intervals(report, IntervalForm.NORMALISED).leastError();
        ToDoubleFunction<CoverageReport> hard =
                report -> intervals(report, IntervalForm.NORMALISED).mostError();
        assertThat(mean(easy)).isLessThan(0.9 * mean(hard));
        assertThat(mean(report -> intervals(report, IntervalForm.NORMALISED).meanWidth()))
                .isLessThan(mean(report -> intervals(report, IntervalForm.PLAIN).meanWidth()));
    }

    @Test
    void onlyFormsThatKnowTheImageHoldInEachBin() {
        assertThat(worstBin(IntervalForm.PLAIN)).isLessThan(0.85);
        assertThat(worstBin(IntervalForm.PER_BIN)).isGreaterThan(0.87);
    }

    /** Eight of a hundred images are older adults, and hard; too few for a quantile of their own. */
    @Test
    void mergedBinsKeepTheirPromiseTogether() {
        double covered = 0;
        double images = 0;
        for (int seed = 0; seed < 5 * DRAWS; seed++) {
            Random random = new Random(seed);
            Calibration calibration = new Calibrator(
                            TestingAges.BINS, TestingAges.SCALE, UncertaintyConfig.defaults(), LabeledImage.SUBJECT)
                    .fit(new double[] {0, 100}, fewOld(100, random), fewOld(100, random));
            CalibratedPredictions answers = new CalibratedPredictions(calibration, TestingAges.BINS, TestingAges.SCALE);
            int last = calibration.binGroups().get(TestingAges.BINS.size() - 1);
            double lowest =
                    TestingAges.BINS.get(calibration.binGroups().indexOf(last)).lower();
            LabeledPredictions test = fewOld(200, random);
            for (int n = 0; n < test.size(); n++) {
                Prediction raw = test.predictions().get(n);
                if (raw.value() >= lowest) {
                    images++;
                    covered += answers.interval(IntervalForm.PER_BIN, raw, Map.of())
                                    .contains(test.labels()[n])
                            ? 1
                            : 0;
                }
            }
            assertThat(lowest).isLessThan(65);
        }
        assertThat(covered / images).isBetween(0.9, 0.93);
    }

    private static LabeledPredictions fewOld(int images, Random random) {
        double[] labels = random.doubles(images)
                .map(share -> share < 0.92 ? 65 * share / 0.92 : 65 + 35 * (share - 0.92) / 0.08)
                .toArray();
        return TestingAges.predicted(labels, label -> label < 65 ? 3 : 15, random);
    }

    @Test
    void whatIsShownIsLikelierThanTheWords() {
        assertThat(mean(report -> report.chances().negativeLogLikelihood()))
                .isLessThan(mean(report -> report.words().negativeLogLikelihood()));
    }

    /** The mean coverage in that bin where it is least. */
    private static double worstBin(IntervalForm form) {
        double worst = 1;
        for (int k = 0; k < TestingAges.BINS.size(); k++) {
            String concept = TestingAges.BINS.get(k).concept();
            double coverage = reports.stream()
                    .flatMap(report -> report.bins().stream())
                    .filter(bin -> bin.concept().equals(concept))
                    .mapToDouble(bin -> bin.coverage().get(form))
                    .average()
                    .orElseThrow();
            worst = Math.min(worst, coverage);
        }
        return worst;
    }

    private static Intervals intervals(CoverageReport report, IntervalForm form) {
        return report.intervals().get(form);
    }

    private static double mean(ToDoubleFunction<CoverageReport> figure) {
        return reports.stream().mapToDouble(figure).average().orElseThrow();
    }
}
