package io.numclip.uncertainty;

import static io.numclip.golden.GoldenFigures.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty.Interval;
import io.numclip.golden.Golden;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Forms for groups, known shifts and errors that are not symmetric; see tools/golden/interval_forms.py. */
class IntervalFormsTest {

    private static final int DRAWS = 100;
    private static final String SOURCE = "source";
    private static final List<Double> OLD = List.of(0.05, 0.05, 0.1, 0.3, 0.5);

    private final JsonNode data = Golden.json("uncertainty.json");
    private final JsonNode golden = Golden.json("interval-forms.json");

    @Test
    void quantileBandsAreThoseOfScikitLearnAndMapie() {
        CalibratedPredictions answers = answers(IntervalForm.CQR, "", Target.defaults());
        LabeledPredictions test = labeled("test", n -> "");
        for (int n = 0; n < test.size(); n++) {
            Interval found = interval(answers, test, n);
            double lower = Math.max(0, golden.get("cqr").get("lower").get(n).asDouble());
            double upper = Math.min(100, golden.get("cqr").get("upper").get(n).asDouble());
            assertThat(found.lower()).isCloseTo(lower, within(1e-3));
            assertThat(found.upper()).isCloseTo(upper, within(1e-3));
        }
    }

    @Test
    void weightedWidthsAreThoseOfNumPy() {
        Target target = new Target(OLD, "", Map.of());
        TargetWidths widths =
                answers(IntervalForm.WEIGHTED, "", target).calibration().weighted();
        assertThat(widths).isNotNull();
        for (int k = 0; k < OLD.size(); k++) {
            assertThat(widths.widths().get(String.valueOf(k)))
                    .isCloseTo(golden.get("weighted").get(k).asDouble(), within(1e-5));
        }
    }

    @Test
    void widthsOfGroupsAreThoseOfMapie() {
        GroupWidths widths = answers(IntervalForm.GROUP, SOURCE, Target.defaults())
                .calibration()
                .group();
        assertThat(widths).isNotNull();
        for (String group : List.of("a", "b")) {
            double expected = golden.get("by_group").get(group).asDouble();
            assertThat(widths.of(Map.of(SOURCE, group))).isCloseTo(expected, within(1e-5));
        }
    }

    @Test
    void anImageOfAnUnknownGroupHasTheWidestIntervalAndAnotherGroupNothingPromised() {
        GroupWidths widths = new GroupWidths(SOURCE, Map.of("a", 1.0, "b", 2.0, GroupWidths.OTHERS, 1.5));
        assertThat(widths.of(Map.of())).isEqualTo(2);
        assertThat(widths.of(Map.of(SOURCE, "never seen"))).isEqualTo(1.5);
        GroupWidths fitted = answers(IntervalForm.GROUP, SOURCE, Target.defaults())
                .calibration()
                .group();
        assertThat(fitted).isNotNull();
        assertThat(fitted.of(Map.of(SOURCE, "never seen"))).isInfinite();
    }

    /** Images of one source have errors four times as large. */
    @Test
    void aValueWithoutAWidthOfItsOwnIsToldWhereItsFormIsShown() {
        Calibration groups =
                answers(IntervalForm.GROUP, SOURCE, Target.defaults()).calibration();
        assertThat(groups.attributes()).containsExactly(SOURCE);
        assertThat(groups.doubt(Map.of(SOURCE, "nosuch")).orElseThrow())
                .startsWith(
                        "no group of its own for source 'nosuch', so intervals are those of others; the groups are");
        String known = groups.group().widths().keySet().iterator().next();
        assertThat(groups.doubt(Map.of(SOURCE, known))).isEmpty();
        assertThat(groups.doubt(Map.of("other", "nosuch"))).isEmpty();
        assertThat(groups.shownAs(IntervalForm.PLAIN, 0.0).doubt(Map.of(SOURCE, "nosuch")))
                .isEmpty();

        Target target = new Target(List.of(), SOURCE, Map.of("hard", 1.0));
        Calibration shares = answers(IntervalForm.WEIGHTED, "", target).calibration();
        assertThat(shares.attributes()).containsExactly(SOURCE);
        assertThat(shares.doubt(Map.of(SOURCE, "nosuch")).orElseThrow())
                .isEqualTo("no share was given for source 'nosuch', so intervals are the whole scale; there are shares"
                        + " for hard");
        assertThat(shares.doubt(Map.of(SOURCE, "hard"))).isEmpty();
    }

    @Test
    void eachGroupKeepsThePromise() {
        UncertaintyConfig config = config(IntervalForm.GROUP, SOURCE, Target.defaults());
        Predicate<LabeledImage> hard = IntervalFormsTest::isHard;
        assertThat(coverage(config, IntervalForm.PLAIN, 0.2, 0.2, hard)).isLessThan(0.75);
        assertThat(coverage(config, IntervalForm.GROUP, 0.2, 0.2, hard)).isBetween(0.89, 0.94);
        assertThat(coverage(config, IntervalForm.GROUP, 0.2, 0.2, hard.negate()))
                .isBetween(0.89, 0.93);
    }

    /** Hard images are one in five in the calibration and three in five in the test. */
    @Test
    void aKnownShiftOfSourcesIsMadeUpFor() {
        Target target = new Target(List.of(), SOURCE, Map.of("hard", 0.6, "easy", 0.4));
        UncertaintyConfig config = config(IntervalForm.WEIGHTED, "", target);
        assertThat(coverage(config, IntervalForm.NORMALISED, 0.2, 0.6, image -> true))
                .isLessThan(0.8);
        assertThat(coverage(config, IntervalForm.WEIGHTED, 0.2, 0.6, image -> true))
                .isBetween(0.89, 0.94);
    }

    @Test
    void aKnownShiftOfLabelsIsMadeUpFor() {
        UncertaintyConfig config = config(IntervalForm.WEIGHTED, "", new Target(OLD, "", Map.of()));
        double normalised = 0;
        double weighted = 0;
        for (int seed = 0; seed < DRAWS; seed++) {
            Random random = new Random(seed);
            Calibration calibration = new Calibrator(TestingAges.BINS, TestingAges.SCALE, config, SOURCE)
                    .fit(new double[] {0, 100}, TestingAges.random(200, random), TestingAges.random(200, random));
            double[] labels = new double[300];
            Arrays.setAll(labels, n -> old(random));
            LabeledPredictions test = TestingAges.predicted(labels, label -> 1 + label / 12, random);
            normalised += covered(calibration, IntervalForm.NORMALISED, test, image -> true) / DRAWS;
            weighted += covered(calibration, IntervalForm.WEIGHTED, test, image -> true) / DRAWS;
        }
        assertThat(normalised).isLessThan(0.89);
        assertThat(weighted).isBetween(0.895, 0.94);
    }

    @Test
    void quantileBandsKeepThePromise() {
        UncertaintyConfig config = config(IntervalForm.CQR, "", Target.defaults());
        assertThat(coverage(config, IntervalForm.CQR, 0.2, 0.2, image -> true)).isBetween(0.89, 0.92);
    }

    @Test
    void aFormThatIsNotCalibratedIsRefused() {
        Calibration calibration =
                answers(IntervalForm.CQR, "", Target.defaults()).calibration();
        assertThatThrownBy(() -> calibration.shownAs(IntervalForm.GROUP, 0.0))
                .isInstanceOf(NumClipException.class)
                .hasMessage("the model has no intervals of the form group; it has [plain, normalised, per-bin, cqr]");
    }

    @Test
    void settingsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> config(IntervalForm.GROUP, "", Target.defaults()))
                .hasMessage("group and interval must fit: the form group needs an attribute; found none");
        assertThatThrownBy(() -> config(IntervalForm.WEIGHTED, "", Target.defaults()))
                .hasMessage("target and interval must fit: the form weighted needs shares; found none");
        assertThatThrownBy(() -> new Target(List.of(0.5, 0.6), "", Map.of()))
                .hasMessageContaining("must be shares of 0 or more that sum to 1; found");
        assertThatThrownBy(() -> answers(IntervalForm.WEIGHTED, "", new Target(List.of(0.5, 0.5), "", Map.of())))
                .hasMessage("uncertainty.target.bins: expected 5 shares, one for each bin; found 2");
    }

    @Test
    void everyFormSurvivesJson() throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (IntervalForm form : IntervalForm.values()) {
            Calibration calibration =
                    answers(form, SOURCE, new Target(OLD, "", Map.of())).calibration();
            assertThat(json.readValue(json.writeValueAsString(calibration), Calibration.class))
                    .isEqualTo(calibration);
        }
    }

    private static double old(Random random) {
        double part = random.nextDouble();
        int bin = 0;
        while (bin < OLD.size() - 1 && part > OLD.get(bin)) {
            part -= OLD.get(bin);
            bin++;
        }
        double lower = TestingAges.BINS.get(bin).lower();
        return lower + random.nextDouble() * (TestingAges.BINS.get(bin).upper() - lower);
    }

    private static boolean isHard(LabeledImage image) {
        return "hard".equals(image.attributes().get(SOURCE));
    }

    /** On average over draws, among some of the test images. */
    private static double coverage(
            UncertaintyConfig config,
            IntervalForm form,
            double hard,
            double hardInTest,
            Predicate<LabeledImage> among) {
        double sum = 0;
        for (int seed = 0; seed < DRAWS; seed++) {
            Random random = new Random(seed);
            Calibration calibration = new Calibrator(TestingAges.BINS, TestingAges.SCALE, config, LabeledImage.SUBJECT)
                    .fit(new double[] {0, 100}, draw(hard, random), draw(hard, random));
            sum += covered(calibration, form, draw(hardInTest, random), among);
        }
        return sum / DRAWS;
    }

    private static double covered(
            Calibration calibration, IntervalForm form, LabeledPredictions test, Predicate<LabeledImage> among) {
        LabeledPredictions some = test.where(among);
        CalibratedPredictions answers =
                new CalibratedPredictions(calibration.shownAs(form, 0.0), TestingAges.BINS, TestingAges.SCALE);
        return IntStream.range(0, some.size())
                .mapToDouble(n -> interval(answers, some, n).contains(some.labels()[n]) ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static Interval interval(CalibratedPredictions answers, LabeledPredictions images, int n) {
        return answers.calibrated(
                        images.predictions().get(n), images.images().get(n).attributes())
                .interval()
                .orElseThrow();
    }

    /** Errors of either source, which the probabilities do not tell apart. */
    private static LabeledPredictions draw(double hard, Random random) {
        double[] labels = new double[300];
        double[] errors = new double[labels.length];
        List<String> sources = new ArrayList<>();
        for (int n = 0; n < labels.length; n++) {
            boolean isHard = random.nextDouble() < hard;
            labels[n] = 20 + 60 * random.nextDouble();
            errors[n] = (isHard ? 8 : 2) * random.nextGaussian();
            sources.add(isHard ? "hard" : "easy");
        }
        return sourced(TestingAges.predicted(labels, errors, sources, random), sources);
    }

    private static LabeledPredictions sourced(LabeledPredictions predictions, List<String> sources) {
        List<LabeledImage> named = new ArrayList<>();
        for (int n = 0; n < sources.size(); n++) {
            LabeledImage image = predictions.images().get(n);
            named.add(new LabeledImage(image.name(), image.source(), image.label(), Map.of(SOURCE, sources.get(n))));
        }
        return new LabeledPredictions(named, predictions.predictions());
    }

    private CalibratedPredictions answers(IntervalForm form, String group, Target target) {
        Calibration calibration = new Calibrator(
                        TestingAges.BINS, TestingAges.SCALE, config(form, group, target), LabeledImage.SUBJECT)
                .fit(
                        new double[] {0, 100},
                        labeled("shaping", n -> n % 2 == 0 ? "a" : "b"),
                        labeled("calibrating", n -> golden.get("groups").get(n).asText()));
        return new CalibratedPredictions(calibration, TestingAges.BINS, TestingAges.SCALE);
    }

    private static UncertaintyConfig config(IntervalForm form, String group, Target target) {
        return new UncertaintyConfig(0.9, 0.5, form, 0.05, 0, group, target, List.of());
    }

    private LabeledPredictions labeled(String part, IntFunction<String> sources) {
        JsonNode node = data.get(part);
        List<Prediction> predictions = new ArrayList<>();
        for (int n = 0; n < node.get("values").size(); n++) {
            predictions.add(TestingAges.prediction(
                    node.get("values").get(n).asDouble(),
                    doubles(node.get("probabilities").get(n))));
        }
        LabeledPredictions all = TestingAges.labeled(doubles(node.get("labels")), predictions);
        return sourced(all, IntStream.range(0, all.size()).mapToObj(sources).toList());
    }
}
