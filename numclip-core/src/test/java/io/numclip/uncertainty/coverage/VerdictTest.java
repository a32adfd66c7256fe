package io.numclip.uncertainty.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.uncertainty.CalibratedPredictions;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.Calibrator;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.PlantedShift;
import io.numclip.uncertainty.TestingAges;
import io.numclip.uncertainty.UncertaintyConfig;
import io.numclip.uncertainty.coverage.Verdict.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often a warning comes, over drawn worlds with and without a planted shift. */
@Tag("ci")
class VerdictTest {

    private static final int DRAWS = 100;
    private static final int IMAGES = 200;
    private static final int WIDTH = 12; // of the features
    private static final int FINE = 4; // features that vary much

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aPlantedShiftIsWarnedOf(PlantedShift shift) {
        assertThat(warnings(draw(shift, IMAGES, IMAGES, DRAWS))).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void imagesOfFewGroupsAreWarnedOf() {
        List<CoverageReport> reports = draw(PlantedShift.NONE, 4, IMAGES, DRAWS);
        assertThat(warnings(reports)).isEqualTo(1);
        assertThat(reports).allSatisfy(report -> assertThat(kinds(report)).contains(Reason.Kind.GROUPS));
    }

    @Test
    void ordinaryImagesSeldomGiveAFalseAlarm() {
        List<CoverageReport> reports = draw(PlantedShift.NONE, IMAGES, IMAGES, 4 * DRAWS);
        assertThat(warnings(reports)).isLessThanOrEqualTo(0.05);
    }

    /** Ten images of each group, as alike as those of one photograph. */
    @Test
    void groupsOfAlikeImagesSeldomGiveAFalseAlarm() {
        assertThat(warnings(draw(PlantedShift.NONE, 20, 20, 10 * DRAWS))).isLessThanOrEqualTo(0.05);
    }

    @Test
    void fiveSeedsKeepThePromiseOnAverage() {
        double mean = draw(PlantedShift.NONE, IMAGES, IMAGES, 5).stream()
                .mapToDouble(report -> report.verdict().coverage())
                .average()
                .orElseThrow();
        assertThat(mean).isBetween(0.88, 0.92);
    }

    @Test
    void theReasonIsNamed() {
        assertThat(share(PlantedShift.LABELS, Reason.Kind.LABELS)).isGreaterThan(0.9);
        assertThat(share(PlantedShift.OTHER_WORLD, Reason.Kind.IMAGES)).isGreaterThan(0.9);
        assertThat(share(PlantedShift.HARDER, Reason.Kind.ERRORS)).isGreaterThan(0.8);
    }

    private static double share(PlantedShift shift, Reason.Kind kind) {
        List<CoverageReport> reports = draw(shift, IMAGES, IMAGES, DRAWS);
        return (double) reports.stream()
                        .filter(report -> kinds(report).contains(kind))
                        .count()
                / reports.size();
    }

    private static List<Reason.Kind> kinds(CoverageReport report) {
        return report.verdict().reasons().stream().map(Reason::kind).toList();
    }

    private static double warnings(List<CoverageReport> reports) {
        return (double) reports.stream()
                        .filter(report -> !report.verdict().kept()
                                || !report.verdict().reasons().isEmpty())
                        .count()
                / reports.size();
    }

    private static List<CoverageReport> draw(PlantedShift shift, int calibrationGroups, int testGroups, int draws) {
        return IntStream.range(0, draws)
                .mapToObj(seed -> report(shift, calibrationGroups, testGroups, new Random(seed)))
                .toList();
    }

    private static CoverageReport report(PlantedShift shift, int calibrationGroups, int testGroups, Random random) {
        Drawn training = Drawn.of(PlantedShift.NONE, IMAGES, "training", random);
        Drawn shaping = Drawn.of(PlantedShift.NONE, IMAGES, "shaping", random);
        Drawn calibrating = Drawn.of(PlantedShift.NONE, calibrationGroups, "calibrating", random);
        Drawn test = Drawn.of(shift, testGroups, "test", random);
        Calibration calibration = new Calibrator(
                        TestingAges.BINS, TestingAges.SCALE, UncertaintyConfig.defaults(), LabeledImage.SUBJECT)
                .fit(new double[] {0, 100}, shaping.predictions(), calibrating.predictions());
        float[] distances = new float[calibrating.looks().length];
        for (int n = 0; n < distances.length; n++) {
            distances[n] = FamiliarImages.distance(training.looks(), calibrating.looks()[n]);
        }
        FamiliarImages familiar = FamiliarImages.fit(
                training.looks(), distances, calibrating.predictions().images(), 0.05, LabeledImage.SUBJECT);
        return CoverageMeasure.of(
                new CalibratedPredictions(calibration, TestingAges.BINS, TestingAges.SCALE),
                test.seenBy(familiar),
                familiar,
                LabeledImage.SUBJECT);
    }

    /** @param looks (N, D) of length 1 */
    private record Drawn(LabeledPredictions predictions, float[][] looks) {

        /** Images of a group share much of look, label and error. */
        static Drawn of(PlantedShift shift, int groups, String part, Random random) {
            double alike = groups == IMAGES ? 0 : 0.7;
            double[] labels = new double[IMAGES];
            double[] errors = new double[IMAGES];
            float[][] looks = new float[IMAGES][];
            List<String> subjects = new ArrayList<>();
            double[][] shared = IntStream.range(0, groups)
                    .mapToObj(group ->
                            random.doubles(WIDTH + 2).map(u -> 2 * u - 1).toArray())
                    .toArray(double[][]::new);
            for (int n = 0; n < IMAGES; n++) {
                double[] own = shared[n % groups];
                labels[n] = shift.label(random);
                errors[n] = shift.noise(labels[n]) * random.nextGaussian() * Math.exp(alike * own[WIDTH]);
                looks[n] = unit(shift.look(ordinary(own, alike, random), random));
                subjects.add(part + n % groups);
            }
            return new Drawn(TestingAges.predicted(labels, errors, subjects, random), looks);
        }

        LabeledPredictions seenBy(FamiliarImages familiar) {
            List<Prediction> seen = new ArrayList<>();
            for (int n = 0; n < looks.length; n++) {
                Prediction raw = predictions.predictions().get(n);
                seen.add(new Prediction(raw.value(), raw.concepts(), null, familiar.of(looks[n]), null));
            }
            return new LabeledPredictions(predictions.images(), seen);
        }

        private static double[] ordinary(double[] shared, double alike, Random random) {
            double[] look = new double[WIDTH];
            for (int d = 0; d < WIDTH; d++) {
                double scale = d < FINE ? 1 : 0.15;
                look[d] = scale * (alike * shared[d] + (1 - alike) * random.nextGaussian());
            }
            return look;
        }

        private static float[] unit(double... look) {
            double length =
                    Math.sqrt(Arrays.stream(look).map(part -> part * part).sum());
            float[] unit = new float[look.length];
            for (int d = 0; d < unit.length; d++) {
                unit[d] = (float) (look[d] / length);
            }
            return unit;
        }
    }
}
