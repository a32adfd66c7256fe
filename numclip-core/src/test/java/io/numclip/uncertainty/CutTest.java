package io.numclip.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.uncertainty.coverage.CutMeasure;
import io.numclip.uncertainty.coverage.CutReport;
import io.numclip.uncertainty.coverage.Share;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CutTest {

    private static final CutConfig MINORS = new CutConfig(18.0, null, 0.25);
    private static final CutConfig SENIORS = new CutConfig(null, 65.0, 0.25);

    @Test
    void theThresholdIsAQuantileOfTheValuesOnItsSide() {
        LabeledPredictions images = predicted(new double[] {3, 9, 17, 18, 40}, new double[] {4, 21, 12, 99, 30});
        Cut cut = Cut.fit(MINORS, images, "");
        assertThat(cut).isEqualTo(new Cut(Side.BELOW, 18, 0.25, 3, 3, 21.0));
        assertThat(cut.isCalled(21)).isTrue();
        assertThat(cut.isCalled(21.1)).isFalse();
        assertThat(cut.problem()).isEmpty();
    }

    @Test
    void fromAboveTheLowestValuesAreTheHardOnes() {
        LabeledPredictions images = predicted(new double[] {70, 80, 90, 65, 3}, new double[] {61, 90, 80, 2, 1});
        Cut cut = Cut.fit(SENIORS, images, "");
        assertThat(cut).isEqualTo(new Cut(Side.ABOVE, 65, 0.25, 3, 3, 61.0));
        assertThat(cut.isCalled(61)).isTrue();
        assertThat(cut.isCalled(60.9)).isFalse();
    }

    @Test
    void withTooFewImagesEverythingIsCalledSo() {
        Cut cut = Cut.fit(MINORS, predicted(new double[] {3, 9, 40}, new double[] {4, 21, 30}), "");
        assertThat(cut.threshold()).isNull();
        assertThat(cut.isCalled(99)).isTrue();
        assertThat(cut.problem())
                .hasValue(
                        "the cut 'below 18' has no threshold, so every image is treated as below 18: to miss at most 25 % it"
                                + " needs at least 3 calibration images below 18; found 2");
    }

    @Test
    void manyImagesOfFewPeopleAreTooFew() {
        LabeledPredictions images = TestingAges.predicted(
                new double[] {3, 9, 10, 12}, new double[4], List.of("a", "b", "b", "b"), new Random(1));
        assertThat(Cut.fit(MINORS, images, LabeledImage.SUBJECT).problem())
                .get()
                .asString()
                .endsWith("needs at least 3 calibration images below 18, each of another group; found 4 of 2 groups");
    }

    /** With 119 images on the side, the true share of misses is 6/120 on average, whatever the distribution. */
    @Test
    void theBudgetIsKeptOnAverageOverManyCalibrations() {
        assertThat(meanMiss(119, new CutConfig(18.0, null, 0.05), Side.BELOW)).isCloseTo(0.05, within(0.001));
        assertThat(meanMiss(119, new CutConfig(null, 18.0, 0.05), Side.ABOVE)).isCloseTo(0.05, within(0.001));
        // 131 · 0.05 = 6.55, of which 6 may be missed
        assertThat(meanMiss(130, new CutConfig(18.0, null, 0.05), Side.BELOW)).isCloseTo(6 / 131.0, within(0.001));
    }

    private static double meanMiss(int images, CutConfig config, Side side) {
        Random random = new Random(7);
        double sum = 0;
        int draws = 4000;
        double[] labels = new double[images];
        Arrays.fill(labels, side == Side.BELOW ? 10 : 60);
        for (int draw = 0; draw < draws; draw++) {
            double[] values = random.doubles(images).toArray();
            double threshold = threshold(config, predicted(labels, values), "");
            sum += side == Side.BELOW ? 1 - threshold : threshold;
        }
        return sum / draws;
    }

    /** Those who are easy have many images; counting images would spend three times the budget on the others. */
    @Test
    void theBudgetIsKeptForNewPeopleWhoeverHasMoreImages() {
        Random random = new Random(8);
        double sum = 0;
        int draws = 2000;
        for (int draw = 0; draw < draws; draw++) {
            List<Double> values = new ArrayList<>();
            List<String> people = new ArrayList<>();
            for (int person = 0; person < 19; person++) {
                double value = random.nextDouble();
                for (int i = 0; i < 10 * (1 - value); i++) {
                    values.add(value);
                    people.add("person " + person);
                }
            }
            double[] errors = values.stream().mapToDouble(value -> value - 10).toArray();
            double[] labels = new double[errors.length];
            Arrays.fill(labels, 10);
            LabeledPredictions images = TestingAges.predicted(labels, errors, people, random);
            sum += 1 - threshold(new CutConfig(18.0, null, 0.1), images, LabeledImage.SUBJECT);
        }
        assertThat(sum / draws).isCloseTo(0.1, within(0.005));
    }

    private static double threshold(CutConfig config, LabeledPredictions images, String group) {
        return Objects.requireNonNull(Cut.fit(config, images, group).threshold());
    }

    @Test
    void recallAndCostAreCountedOnEitherSide() {
        Cut cut = new Cut(Side.BELOW, 18, 0.25, 99, 99, 20.0);
        CutReport report = CutMeasure.of(
                cut,
                predicted(
                        new double[] {2, 5, 9, 17, 18, 30, 31, 50, 60},
                        new double[] {3, 19, 20, 24, 17, 20, 21, 50, 60}),
                "");
        assertThat(share(report.chosen().recall())).isEqualTo("3 of 4");
        assertThat(share(report.chosen().cost())).isEqualTo("2 of 5");
        assertThat(share(report.asItIs().recall())).isEqualTo("1 of 4");
        assertThat(share(report.asItIs().cost())).isEqualTo("1 of 5");
        assertThat(Objects.requireNonNull(report.hindsight()).threshold()).isEqualTo(20);
        assertThat(report.kept()).isTrue();
    }

    @Test
    void aThresholdIsNotMovedByTheImagesThatTestIt() {
        Random random = new Random(3);
        LabeledPredictions calibrating = minors(400, 3, random);
        Cut cut = Cut.fit(new CutConfig(18.0, null, 0.05), calibrating, "");
        CutReport same = CutMeasure.of(cut, minors(400, 3, random), "");
        CutReport harder = CutMeasure.of(cut, minors(400, 9, random), "");
        assertThat(same.kept()).isTrue();
        assertThat(same.chance()).isGreaterThan(0.025);
        assertThat(harder.kept()).isFalse();
        assertThat(harder.chosen().threshold()).isEqualTo(cut.threshold());
        assertThat(Objects.requireNonNull(harder.chosen().recall()).high()).isLessThan(0.95);
        assertThat(Objects.requireNonNull(
                                Objects.requireNonNull(harder.hindsight()).recall())
                        .share())
                .isEqualTo(0.95);
    }

    @Test
    void withoutImagesOnASideThereIsNoShareOfIt() {
        Cut cut = new Cut(Side.BELOW, 18, 0.25, 2, 2, null);
        CutReport adults = CutMeasure.of(cut, predicted(new double[] {20}, new double[] {19}), "");
        CutReport minors = CutMeasure.of(cut, predicted(new double[] {2}, new double[] {19}), "");
        assertThat(adults.chosen().recall()).isNull();
        assertThat(share(adults.chosen().cost())).isEqualTo("1 of 1");
        assertThat(adults.hindsight()).isNull();
        assertThat(adults.kept()).isTrue();
        assertThat(minors.chosen().cost()).isNull();
        assertThat(share(minors.chosen().recall())).isEqualTo("1 of 1");
    }

    @Test
    void aCutHasOneSideAndASmallBudget() {
        assertThatThrownBy(() -> new CutConfig(18.0, 65.0, 0.01))
                .hasMessage("below and above exclude each other, and a cut needs one; found both");
        assertThatThrownBy(() -> new CutConfig(null, null, 0.01)).hasMessageEndingWith("found neither");
        assertThatThrownBy(() -> new CutConfig(18.0, null, 0))
                .hasMessage("missAtMost must be from 0.000001 to 0.5; found 0.0");
        assertThatThrownBy(() -> new CutConfig(18.0, null, 0.51)).hasMessageEndingWith("found 0.51");
        assertThatThrownBy(() -> new CutConfig(Double.NaN, null, 0.1)).hasMessage("below must be a number; found NaN");
        assertThat(new CutConfig(null, 64.5, 0.1).name()).isEqualTo("above 64.5");
    }

    @Test
    void cutsDifferAndNeedCalibrationImages() {
        CutConfig again = new CutConfig(18.0, null, 0.1);
        assertThatThrownBy(() -> config(0.5, MINORS, again))
                .hasMessage("cuts must differ in side or edge; found [below 18, below 18]");
        assertThatThrownBy(() -> config(0, MINORS)).hasMessageContaining("found a calibration of 0");
        assertThat(config(0.5, MINORS, new CutConfig(null, 18.0, 0.1)).cuts()).hasSize(2);
    }

    private static UncertaintyConfig config(double calibration, CutConfig... cuts) {
        return new UncertaintyConfig(
                0.9, calibration, IntervalForm.PLAIN, 0.05, 0, "", Target.defaults(), List.of(cuts));
    }

    private static LabeledPredictions minors(int images, double noise, Random random) {
        double[] labels = random.doubles(images, 0, 18).toArray();
        return TestingAges.predicted(labels, label -> noise, random);
    }

    private static LabeledPredictions predicted(double[] labels, double[] values) {
        return TestingAges.labeled(
                labels,
                IntStream.range(0, values.length)
                        .mapToObj(n -> TestingAges.prediction(values[n], 1, 0, 0, 0, 0))
                        .toList());
    }

    private static String share(@Nullable Share share) {
        return Objects.requireNonNull(share).count() + " of " + share.images();
    }
}
