package io.numclip.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.uncertainty.coverage.CoverageMeasure;
import io.numclip.uncertainty.coverage.CoverageReport;
import io.numclip.uncertainty.temperature.Likelihood;
import io.numclip.uncertainty.temperature.Temperature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever few images are drawn, nothing is claimed that they cannot tell. */
class SmallSetsTest {

    private static final int MOST = 40;
    private static final int WIDTH = 4; // of the features

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void thereAreIntervalsOnlyFromTheFewestImagesOn(int seed) {
        Drawn drawn = new Drawn(seed);
        int fewest = ConformalQuantile.fewest(drawn.config.coverage());
        if (drawn.calibrating.size() < fewest) {
            assertThatThrownBy(drawn::calibration).hasMessageContaining("needs at least " + fewest);
            return;
        }
        Calibration calibration = drawn.calibration();
        CalibratedPredictions per = drawn.shown(calibration.shownAs(IntervalForm.PER_BIN, 0.0));
        for (Prediction each : per.calibrated(drawn.test).predictions()) {
            int bin = TestingAges.BINS.indexOf(each.value());
            long same = drawn.calibrating.predictions().stream()
                    .filter(other -> calibration
                            .binGroups()
                            .get(TestingAges.BINS.indexOf(other.value()))
                            .equals(calibration.binGroups().get(bin)))
                    .count();
            if (same < fewest) {
                assertThat(each.interval().orElseThrow()).isEqualTo(new Uncertainty.Interval(0, 100));
            }
        }
        calibration
                .cuts()
                .forEach(cut -> assertThat(cut.threshold() == null)
                        .isEqualTo(cut.groups() < ConformalQuantile.fewest(1 - cut.missAtMost())));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anImageIsStrangeOrOrdinaryOnlyWhereThatCanBeTold(int seed) {
        Drawn drawn = new Drawn(seed);
        double rate = drawn.config.strange();
        float[][] training = drawn.features(30);
        float[] distances = new float[drawn.calibrating.size()];
        for (int n = 0; n < distances.length; n++) {
            distances[n] = FamiliarImages.distance(training, drawn.features(1)[0]);
        }
        FamiliarImages familiar = FamiliarImages.fit(training, distances, drawn.calibrating.images(), rate, "");
        boolean canTell = drawn.calibrating.size() >= FamiliarImages.fewest(rate);
        assertThat(familiar.canTell()).isEqualTo(canTell);
        assertThat(familiar.of(new float[] {9, 9, 9, 9}).strange()).isEqualTo(canTell);
        if (drawn.calibrating.size() >= ConformalQuantile.fewest(drawn.config.coverage())) {
            CoverageReport report =
                    CoverageMeasure.of(drawn.shown(drawn.calibration()), drawn.test, canTell ? familiar : null, "");
            assertThat(report.strange() == null).isEqualTo(!canTell);
        }
        assertThat(drawn.test.predictions().get(0).fields()).doesNotContainKeys("strange", "familiarity", "lower");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void probabilitiesAreSharpenedOnlyIfEachHalfIsLikelierByTheOther(int seed) {
        Drawn drawn = new Drawn(seed);
        double[][] all = Calibrator.probabilities(drawn.shaping);
        int[] bins = Arrays.stream(drawn.shaping.labels())
                .mapToInt(TestingAges.BINS::indexOf)
                .toArray();
        int half = bins.length / 2;
        double gained = half == 0 ? 0 : gain(all, bins, 0, half) + gain(all, bins, half, bins.length);
        assertThat(Temperature.kept(all, bins) == 1).isEqualTo(gained <= 0);
    }

    private static double gain(double[][] all, int[] bins, int from, int to) {
        int[] own = IntStream.range(from, to).toArray();
        int[] others =
                IntStream.range(0, bins.length).filter(n -> n < from || n >= to).toArray();
        double temperature = Temperature.fit(rows(all, others), of(bins, others));
        double[][] tempered = Arrays.stream(rows(all, own))
                .map(row -> Temperature.apply(temperature, row))
                .toArray(double[][]::new);
        return own.length
                * (Likelihood.of(rows(all, own), of(bins, own)).negativeLogLikelihood()
                        - Likelihood.of(tempered, of(bins, own)).negativeLogLikelihood());
    }

    private static double[][] rows(double[][] all, int[] some) {
        return Arrays.stream(some).mapToObj(n -> all[n]).toArray(double[][]::new);
    }

    private static int[] of(int[] all, int[] some) {
        return Arrays.stream(some).map(n -> all[n]).toArray();
    }

    /** 1 to 40 images of each kind, and what may be asked of them. */
    private static final class Drawn {

        private final Random random;
        private final LabeledPredictions shaping;
        private final LabeledPredictions calibrating;
        private final LabeledPredictions test;
        private final UncertaintyConfig config;

        Drawn(int seed) {
            random = new Random(seed);
            shaping = TestingAges.random(1 + random.nextInt(MOST), random);
            calibrating = TestingAges.random(1 + random.nextInt(MOST), random);
            test = TestingAges.random(1 + random.nextInt(MOST), random);
            config = new UncertaintyConfig(
                    0.5 + 0.45 * random.nextDouble(),
                    0.5,
                    IntervalForm.NORMALISED,
                    0.02 + 0.2 * random.nextDouble(),
                    0,
                    "",
                    Target.defaults(),
                    List.of(new CutConfig(18.0, null, 0.02 + 0.3 * random.nextDouble())));
        }

        Calibration calibration() {
            return new Calibrator(TestingAges.BINS, TestingAges.SCALE, config, "")
                    .fit(new double[] {0, 100}, shaping, calibrating);
        }

        CalibratedPredictions shown(Calibration calibration) {
            return new CalibratedPredictions(calibration, TestingAges.BINS, TestingAges.SCALE);
        }

        float[][] features(int count) {
            List<float[]> features = new ArrayList<>();
            for (int n = 0; n < count; n++) {
                float[] feature = new float[WIDTH];
                Arrays.fill(feature, 0.1F);
                feature[random.nextInt(WIDTH)] += 0.9F + 0.01F * random.nextFloat();
                features.add(feature);
            }
            return features.toArray(float[][]::new);
        }
    }
}
