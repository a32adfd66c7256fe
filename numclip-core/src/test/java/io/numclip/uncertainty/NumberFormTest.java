package io.numclip.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class NumberFormTest {

    private static final LabelScale YEARS = TestingAges.SCALE;
    private static final LabelScale DIGITS = new LabelScale(0, 9, "points", true);
    private static final Bins WORDS = words();

    private static Bins words() {
        return new Bins(IntStream.rangeClosed(0, 9)
                .mapToObj(k -> new Bin("word " + k, Math.max(0, k - 0.5), Math.min(9, k + 0.5), k))
                .toList());
    }

    /** The distribution around a number with an interval. */
    private record Distribution(NumberForm form, NumberForm.Around around, LabelScale scale) {

        static Distribution of(double number, LabelScale scale, double[] ends, double... scores) {
            double quantile = ConformalQuantile.of(scores, 0.9);
            Calibration calibration = new Calibration(
                    0.9,
                    scores.length,
                    1,
                    Difficulty.constant(5),
                    quantile,
                    quantile,
                    List.of(),
                    null,
                    null,
                    null,
                    null,
                    NumberForm.errors(scores),
                    0,
                    100,
                    null,
                    IntervalForm.NORMALISED,
                    0,
                    null);
            double[] none = new double[TestingAges.BINS.size()];
            NumberForm.Around around = calibration.around(number, ends, none, TestingAges.BINS, scale);
            return new Distribution(NumberForm.errors(scores), around, scale);
        }

        double atLeast(double edge) {
            return form.atLeast(edge, around);
        }

        double[] of(Bins bins) {
            return form.chances(around, bins, scale);
        }
    }

    @Test
    void anIntervalHoldsWhatItPromises() {
        double[] scores = IntStream.rangeClosed(1, 99).mapToDouble(n -> n).toArray();
        Distribution around50 = Distribution.of(50, YEARS, new double[] {40, 60}, scores);
        assertThat(around50.atLeast(40) - around50.atLeast(60)).isEqualTo(0.9, within(1e-9));
        assertThat(around50.atLeast(50)).isEqualTo(0.5, within(1e-9));
        assertThat(around50.atLeast(55)).isEqualTo(0.5 * (1 - 0.45), within(1e-9));
    }

    @Test
    void aLopsidedIntervalIsStretchedOnEachSide() {
        double[] scores = IntStream.rangeClosed(1, 99).mapToDouble(n -> n).toArray();
        Distribution lopsided = Distribution.of(50, YEARS, new double[] {45, 80}, scores);
        assertThat(lopsided.atLeast(80)).isEqualTo(0.05, within(1e-9));
        assertThat(lopsided.atLeast(45)).isEqualTo(0.95, within(1e-9));
    }

    @Test
    void errorsOfZeroLeaveOneNumber() {
        Distribution sure = Distribution.of(7, DIGITS, new double[] {7, 7}, new double[20]);
        assertThat(sure.of(WORDS)[7]).isBetween(0.95, 0.99);
    }

    @Test
    void anIntervalWithoutAnEndIsTheWholeScale() {
        Distribution any = Distribution.of(
                50,
                YEARS,
                new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY},
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                9);
        assertThat(Arrays.stream(any.of(TestingAges.BINS))).allMatch(chance -> chance > 0.02);
    }

    /** Over random errors, numbers, intervals and bins. */
    @RepeatedTest(300)
    void chancesAreAProbabilityAndAgreeWithNumberAndInterval(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        double[] scores = random.doubles(9 + random.nextInt(300))
                .map(share -> random.nextInt(5) == 0 ? 0 : Math.pow(share, 3))
                .toArray();
        double number = 100 * random.nextDouble();
        double[] ends = {number - 1 - 30 * random.nextDouble(), number + 1 + 30 * random.nextDouble()};
        Distribution distribution = Distribution.of(number, YEARS, ends, scores);
        double[] chances = distribution.of(TestingAges.BINS);
        assertThat(Arrays.stream(chances).sum()).isEqualTo(1, within(1e-9));
        assertThat(Arrays.stream(chances)).allMatch(chance -> chance >= 0);
        assertThat(Prediction.indexOfLargest(chances)).isEqualTo(TestingAges.BINS.indexOf(number));
        double before = 1;
        for (double edge = -10; edge <= 110; edge += 0.5) {
            double atLeast = distribution.atLeast(edge);
            assertThat(atLeast).isBetween(0.0, before);
            assertThat(atLeast).isBetween(edge <= number ? 0.5 : 0, edge > number ? 0.5 : 1);
            before = atLeast;
        }
        assertThat(distribution.atLeast(ends[1] + 1e-6)).isLessThanOrEqualTo(0.05 + 1e-9);
        assertThat(distribution.atLeast(ends[0])).isGreaterThanOrEqualTo(0.95 - 1e-9);
    }

    /** Where words are surer than the fine stage, they are the distribution, and the likeliest is the number. */
    @Test
    void wordsThatAreLikelierThanErrorsAreTheAnswer() {
        Random random = new Random(1);
        Calibration calibration = digits(random, true);
        assertThat(calibration.isOfWords()).isTrue();
        CalibratedPredictions answers = new CalibratedPredictions(calibration, WORDS, DIGITS);
        LabeledPredictions test = digits(400, random, true);
        int covered = 0;
        for (int n = 0; n < test.size(); n++) {
            Prediction answer = answers.calibrated(test.predictions().get(n), Map.of());
            Uncertainty sure = answer.uncertainty();
            assertThat(Prediction.indexOfLargest(answer.probabilities())).isEqualTo((int) answer.value());
            assertThat(sure.interval().contains(answer.value())).isTrue();
            assertThat(sure.concepts()).hasSize((int) sure.interval().width() + 1);
            covered += sure.interval().contains(test.labels()[n]) ? 1 : 0;
        }
        assertThat(covered / 400.0).isBetween(0.86, 0.99);
    }

    @Test
    void errorsThatAreLikelierThanWordsAreTheAnswer() {
        assertThat(digits(new Random(2), false).isOfWords()).isFalse();
    }

    private static Calibration digits(Random random, boolean sureWords) {
        return new Calibrator(WORDS, DIGITS, UncertaintyConfig.defaults(), LabeledImage.SUBJECT)
                .fit(new double[] {0, 9}, digits(100, random, sureWords), digits(100, random, sureWords));
    }

    /** A fine stage that is seldom right beside words that mostly are, or the other way round. */
    private static LabeledPredictions digits(int images, Random random, boolean sureWords) {
        List<Prediction> predictions = new ArrayList<>();
        double[] labels = random.ints(images, 0, 10).asDoubleStream().toArray();
        for (double label : labels) {
            double value = DIGITS.clamp(label + (sureWords ? 2 : 0.3) * random.nextGaussian());
            int word =
                    (int) DIGITS.clamp(label + (random.nextInt(10) < (sureWords ? 1 : 8) ? random.nextInt(9) - 4 : 0));
            double[] chances = new double[10];
            Arrays.fill(chances, 0.02);
            chances[word] = 0.82;
            List<Prediction.Concept> concepts = new ArrayList<>();
            IntStream.range(0, 10)
                    .forEach(k ->
                            concepts.add(new Prediction.Concept(WORDS.get(k).concept(), chances[k])));
            predictions.add(new Prediction(value, concepts));
        }
        return TestingAges.labeled(labels, predictions);
    }
}
