package io.numclip.host.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.data.Split;
import io.numclip.evaluation.Interval;
import io.numclip.evaluation.PairedComparison;
import io.numclip.evaluation.Resampling;
import io.numclip.host.TestingCatalog;
import io.numclip.host.assembly.TestingFolds;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.result.Finding.Judgement;
import io.numclip.host.result.Finding.Topic;
import io.numclip.training.TrainingResult;
import io.numclip.training.progress.EpochResult;
import io.numclip.uncertainty.IntervalForm;
import io.numclip.uncertainty.Size;
import io.numclip.uncertainty.coverage.CoverageReport;
import io.numclip.uncertainty.coverage.Verdict;
import io.numclip.uncertainty.temperature.Likelihood;
import io.numclip.yardstick.LearningCurve;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Situations that are planted, and what is said of each. */
class FindingsTest {

    private static final Bins BINS = new Bins(List.of(new Bin("few", 0, 5, 2), new Bin("many", 5, 10, 7)));
    private static final LabelScale SCALE = new LabelScale(0, 10, "steps");
    private static final String PIXELS = YardstickKind.REGRESSION_ON_PIXELS.title();
    private static final String FEATURES = YardstickKind.NEIGHBOURS_OF_FEATURES.title();
    private static final int IMAGES = 60;

    private @Nullable LearningCurve curve;

    @TempDir
    Path folder;

    private List<String> unseen = List.of();
    private double width;
    private boolean hasWrongWords;
    private Map<String, String> attributes = Map.of();

    /** Predictions for an image of which the number is known. */
    private interface Guesses extends ToDoubleFunction<Integer> {}

    private static final Guesses EXACT = number -> label(number) + 0.1;
    private static final Guesses GOOD = number -> label(number) + (number % 2 == 0 ? 0.5 : -0.5);
    private static final Guesses LEVEL = number -> label(number) + (number % 4 < 2 ? 0.6 : -0.4);
    private static final Guesses LATE = number -> (label(number) + 5) % 10;
    private static final Guesses BLIND = number -> 4.5 + (number % 7 - 3) * 0.5;
    private static final Guesses SAME = number -> 4.5 + number * 0.001;

    @Test
    void betterThanAGuessAndAllPlainMethods() throws IOException {
        List<Finding> verdict = verdict(EXACT, Map.of(PIXELS, GOOD, FEATURES, BLIND));
        assertThat(sentence(verdict, Topic.GUESS, Judgement.GOOD))
                .startsWith(
                        "Better than a guess (always 4.5, the median): on the same images its error is smaller by 2.40 steps")
                .contains("95 % interval: 2.");
        assertThat(sentence(verdict, Topic.PLAIN_METHODS, Judgement.GOOD))
                .contains("all 2 plain methods", PIXELS, "smaller by 0.400 steps");
        assertThat(verdict).extracting(Finding::topic).doesNotContain(Topic.SPREAD, Topic.PLACE);
    }

    @Test
    void notSurelyBetterThanAGuess() throws IOException {
        assertThat(sentence(verdict(BLIND, Map.of()), Topic.GUESS, Judgement.OPEN))
                .startsWith("Not surely better than a guess");
    }

    @Test
    void worseThanAGuess() throws IOException {
        assertThat(sentence(verdict(LATE, Map.of()), Topic.GUESS, Judgement.BAD))
                .startsWith("Worse than a guess")
                .contains("larger by 2.50 steps");
    }

    @Test
    void aPlainMethodIsBetterAlthoughAGuessIsWorse() throws IOException {
        List<Finding> verdict = verdict(GOOD, Map.of(PIXELS, EXACT, FEATURES, LATE));
        assertThat(judgement(verdict, Topic.GUESS)).isEqualTo(Judgement.GOOD);
        assertThat(sentence(verdict, Topic.PLAIN_METHODS, Judgement.BAD))
                .startsWith("A plain method is better, " + PIXELS)
                .contains("Do not use this model");
    }

    @Test
    void levelWithAPlainMethod() throws IOException {
        assertThat(sentence(verdict(GOOD, Map.of(PIXELS, LEVEL)), Topic.PLAIN_METHODS, Judgement.OPEN))
                .startsWith("Level with the best of 1 plain method, " + PIXELS);
    }

    @Test
    void withoutPlainMethodsNothingIsSaidOfThem() throws IOException {
        assertThat(verdict(GOOD, Map.of())).extracting(Finding::topic).doesNotContain(Topic.PLAIN_METHODS);
    }

    @Test
    void predictionsThatAreAllButConstant() throws IOException {
        assertThat(sentence(verdict(SAME, Map.of()), Topic.SPREAD, Judgement.BAD))
                .contains("nine in ten lie between 4.50 and 4.56 steps, nine in ten labels between 0.000 and 9.00");
    }

    @Test
    void theErrorWasStillFalling() throws IOException {
        assertThat(epochs(8, 9, 8, 7, 6, 5, 4, 3, 2)).contains("still falling in the last of 8 epochs");
    }

    /** It has nothing that it could have fallen from. */
    @Test
    void theErrorOfASingleEpochIsNotSpokenOf() throws IOException {
        assertThat(findings(EXACT, Map.of(), training(3), null, "embedded", "training.epochs=1"))
                .extracting(Finding::topic)
                .doesNotContain(Topic.EPOCHS);
    }

    @Test
    void trainingWasStopped() throws IOException {
        assertThat(epochs(10, 5, 6, 7))
                .contains("ended after 3 of 10 epochs", "had not fallen for 2", "epoch 1 of 3 is kept");
    }

    @Test
    void moreEpochsWouldNotHelp() throws IOException {
        assertThat(epochs(4, 2, 3, 3, 3)).contains("More epochs would not help: epoch 1 of 4 is kept");
    }

    @Test
    void anErrorThatHasSettledIsNotSpokenOf() throws IOException {
        assertThat(findings(EXACT, Map.of(), training(3, 2, 2, 1.99), null, "embedded"))
                .extracting(Finding::topic)
                .doesNotContain(Topic.EPOCHS);
    }

    @Test
    void theEmbeddedClipIsInUse() throws IOException {
        assertThat(sentence(verdict(GOOD, Map.of()), Topic.BACKBONE, Judgement.OPEN))
                .contains("numclip pull' lists some");
        String real = Path.of("src/test").toAbsolutePath().toString();
        assertThat(findings(GOOD, Map.of(), training(3, 2, 2, 2), null, real))
                .extracting(Finding::topic)
                .doesNotContain(Topic.BACKBONE);
    }

    @Test
    void intervalsThatMissMoreThanTheyMay() throws IOException {
        Verdict broken = new Verdict(
                false,
                0.6,
                0.9,
                0.001,
                List.of(new Verdict.Reason(Verdict.Reason.Kind.ERRORS, "the errors are larger")));
        assertThat(sentence(covered(broken), Topic.INTERVALS, Judgement.BAD))
                .isEqualTo("Do not rely on the intervals: 60 % of the labels lie inside their intervals, where 90 % are"
                        + " promised. Likely reason: the errors are larger.");
    }

    @Test
    void tooFewImagesToSeeWhetherIntervalsKeepTheirPromise() throws IOException {
        Verdict few = new Verdict(true, 0.81, 0.9, 0.1, List.of());
        assertThat(sentence(covered(few), Topic.INTERVALS, Judgement.OPEN))
                .startsWith("Whether the intervals keep their promise is not certain: 81 %")
                .contains("60 images to calibrate and 60 to test");
    }

    /** Of random methods some are better than a random model, by chance. */
    @Test
    void theBestOfManyPlainMethodsIsNotBetterByChance() throws IOException {
        Guesses model = number -> random(number, 0);
        int lucky = IntStream.range(1, 3_000)
                .filter(seed -> isLucky(PairedComparison.of(
                        errors(model), errors(number -> random(number, seed)), new Resampling(1000, 0))))
                .findFirst()
                .orElseThrow();
        Map<String, Guesses> one = Map.of(PIXELS, number -> random(number, lucky));
        assertThat(judgement(verdict(model, one), Topic.PLAIN_METHODS)).isEqualTo(Judgement.BAD);
        Map<String, Guesses> several = new LinkedHashMap<>(one);
        several.put(FEATURES, LATE);
        several.put(YardstickKind.REGRESSION_ON_FEATURES.title(), LATE);
        several.put(YardstickKind.NEIGHBOURS_OF_PIXELS.title(), LATE);
        assertThat(sentence(verdict(model, several), Topic.PLAIN_METHODS, Judgement.OPEN))
                .startsWith("Not surely worse than the best of 4 plain methods, " + PIXELS)
                .contains("its error is larger by ")
                .endsWith(", but the best of 4 may be that much better by chance.");
    }

    /** The p value is small for one method, and not for the best of four. */
    private static boolean isLucky(PairedComparison paired) {
        return paired.difference() > 0 && paired.pValue() > 0.015 && paired.pValue() < 0.04;
    }

    private static double random(int number, int seed) {
        return new SplittableRandom(seed).doubles(IMAGES, 0, 10).toArray()[number];
    }

    private static double[] errors(Guesses guesses) {
        return IntStream.range(0, IMAGES)
                .mapToDouble(number -> Math.abs(guesses.applyAsDouble(number) - label(number)))
                .toArray();
    }

    @Test
    void intervalsThatKeepTheirPromiseOnImagesFromAnotherPlace() throws IOException {
        Verdict elsewhere = new Verdict(
                true,
                0.92,
                0.9,
                0.5,
                List.of(new Verdict.Reason(Verdict.Reason.Kind.IMAGES, "half of the images are strange")));
        assertThat(sentence(covered(elsewhere), Topic.PLACE, Judgement.BAD))
                .isEqualTo("Half of the images are strange. Here 92 % of the labels lie inside their intervals, where"
                        + " 90 % are promised; elsewhere neither that nor the error may hold.");
        assertThat(covered(elsewhere)).extracting(Finding::topic).doesNotContain(Topic.INTERVALS);
    }

    @Test
    void imagesOfAVendorThatTrainingHasNotSeen() throws IOException {
        unseen = List.of("no test image has a vendor that training saw");
        Verdict broken = new Verdict(
                false, 0.6, 0.9, 0.001, List.of(new Verdict.Reason(Verdict.Reason.Kind.ERRORS, "nothing is unlike")));
        assertThat(sentence(covered(broken), Topic.INTERVALS, Judgement.BAD))
                .endsWith("Likely reason: no test image has a vendor that training saw.");
        Verdict kept = new Verdict(true, 0.92, 0.9, 0.5, List.of());
        assertThat(sentence(covered(kept), Topic.PLACE, Judgement.OPEN))
                .startsWith("No test image has a vendor that training saw. Here 92 %");
        assertThat(sentence(verdict(GOOD, Map.of()), Topic.PLACE, Judgement.OPEN))
                .endsWith("Elsewhere the error may be another.");
    }

    @Test
    void whatFewCalibrationImagesCannotTell() throws IOException {
        assertThat(sentence(verdict(GOOD, Map.of()), Topic.INTERVALS, Judgement.OPEN))
                .startsWith("There are no intervals: for 90 % they need at least 9 calibration images");
        assertThat(sentence(covered(new Verdict(true, 0.92, 0.9, 0.5, List.of())), Topic.PLACE, Judgement.OPEN))
                .isEqualTo("Whether an image is strange cannot be told: that needs at least 19 calibration images;"
                        + " there are 60.");
        assertThat(findings(GOOD, Map.of(), training(3, 2, 2, 2), null, "embedded", "uncertainty.calibration=0"))
                .extracting(Finding::topic)
                .doesNotContain(Topic.INTERVALS);
    }

    @Test
    void intervalsThatKeepTheirPromise() throws IOException {
        assertThat(sentence(covered(new Verdict(true, 0.92, 0.9, 0.5, List.of())), Topic.INTERVALS, Judgement.GOOD))
                .startsWith("The intervals keep their promise: 92 %");
        width = 8.5;
        assertThat(sentence(covered(new Verdict(true, 0.92, 0.9, 0.5, List.of())), Topic.INTERVALS, Judgement.OPEN))
                .startsWith("The intervals keep their promise, but say hardly more than a guess: 92 %")
                .endsWith(
                        "they are 8.50 steps wide on average, and 90 % of the labels lie between 0.000 and 9.00 anyway.");
    }

    @Test
    void numbersInOrderThatAreAllTooHigh() throws IOException {
        Guesses high = number -> label(number) + 1 + 0.1 * (number % 3);
        assertThat(sentence(verdict(high, Map.of()), Topic.OFFSET, Judgement.BAD))
                .startsWith(
                        "The order is right (Spearman 1.00), but the numbers are 1.10 steps too high (95 % interval:"
                                + " 1.0")
                .endsWith("about twenty labelled images of this source repair that, with './numclip recalibrate RUN"
                        + " LIST'.");
        assertThat(sentence(verdict(number -> label(number) - 2, Map.of()), Topic.OFFSET, Judgement.BAD))
                .contains("are 2.00 steps too low (95 % interval: 2.00 to 2.00)");
        Guesses slightly = number -> label(number) + (number % 3 == 0 ? 0.9 : -0.2);
        for (Guesses other :
                List.<Guesses>of(GOOD, EXACT, LEVEL, slightly, number -> BLIND.applyAsDouble(number) + 2)) {
            boolean isOff = other == EXACT;
            assertThat(verdict(other, Map.of()))
                    .extracting(Finding::topic)
                    .matches(topics -> topics.contains(Topic.OFFSET) == isOff);
        }
    }

    @Test
    void thePartOfTheScaleWithTheLargestError() throws IOException {
        Guesses low = number -> label(number) + (label(number) < 5 ? 0.3 : -2) + 0.1 * (number % 3);
        assertThat(sentence(verdict(low, Map.of()), Topic.WORST_PART, Judgement.OPEN))
                .isEqualTo("Worst for many (30 images): off by 1.90 steps on average, 1.15 in all.");
        assertThat(verdict(LEVEL, Map.of())).extracting(Finding::topic).doesNotContain(Topic.WORST_PART);
    }

    /** With two parts, at most one verdict in twenty may name one where both are alike. */
    @Test
    void noPartIsWorstByChance() throws IOException {
        int named = 0;
        for (int seed = 0; seed < 200; seed++) {
            int draw = seed;
            List<Finding> verdict = findings(
                    number -> random(number, draw),
                    Map.of(),
                    training(3, 2, 2, 2),
                    null,
                    "embedded",
                    "evaluation.resamples=0");
            named += verdict.stream().anyMatch(finding -> finding.topic() == Topic.WORST_PART) ? 1 : 0;
        }
        assertThat(named).isLessThanOrEqualTo(16);
    }

    @Test
    void howManyImagesAreWithinWhatTheUserNames() throws IOException {
        List<Finding> verdict =
                findings(LEVEL, Map.of(), training(3, 2, 2, 2), null, "embedded", "evaluation.tolerance=0.5");
        assertThat(sentence(verdict, Topic.WITHIN, Judgement.GOOD))
                .startsWith("Right within 0.5 steps in 50 % of the images (95 % interval: ")
                .endsWith(" %); a guess (always 4.5, the median) in 20 %.");
        verdict = findings(LATE, Map.of(), training(3, 2, 2, 2), null, "embedded", "evaluation.tolerance=1");
        assertThat(sentence(verdict, Topic.WITHIN, Judgement.BAD)).startsWith("Right within 1 step in 0 %");
        assertThat(verdict(GOOD, Map.of())).extracting(Finding::topic).doesNotContain(Topic.WITHIN);
    }

    @Test
    void nothingIsGoodWhereTheWordsAreWorseThanAGuess() throws IOException {
        hasWrongWords = true;
        List<Finding> verdict = findings(
                EXACT,
                Map.of(PIXELS, LATE),
                training(3, 2, 2, 2),
                new Verdict(true, 0.92, 0.9, 0.5, List.of()),
                "embedded");
        assertThat(sentence(verdict, Topic.GUESS, Judgement.BAD))
                .startsWith("Better than a guess")
                .endsWith(" But its concept is right in 0 % of the images only, where a guess (always few, the"
                        + " majority) is in 50 %: do not rely on the words.");
        assertThat(verdict).extracting(Finding::judgement).doesNotContain(Judgement.GOOD);
    }

    @Test
    void moreLabelsHelpWhereEvenTheLeastThatTheySaveIsWorthIt() throws IOException {
        assertThat(labels(0.3, 0.2, 0.4))
                .isEqualTo(
                        "More labels would help: with 40 training images kernel ridge on features that are not trained"
                                + " would be off by about 1.70 steps, by a smooth line through the errors 0.300 less than now (95 % interval: 0.200"
                                + " to 0.400).");
        assertThat(labels(0.3, 0.05, 0.4)).startsWith("More labels may help: ");
        assertThat(labels(0.03, 0, 0.08)).startsWith("Twice as many labels would hardly help: ");
    }

    private String labels(double saved, double low, double high) throws IOException {
        Interval any = new Interval(0, 9);
        curve = new LearningCurve(
                List.of(new LearningCurve.Point(20, 2, any)),
                new LearningCurve.Point(40, 2 - saved, any),
                new LearningCurve.Point(20, saved, new Interval(low, high)));
        return only(verdict(GOOD, Map.of()), Topic.LABELS).sentence();
    }

    private List<Finding> covered(Verdict verdict) throws IOException {
        return findings(GOOD, Map.of(), training(3, 2, 2, 2), verdict, "embedded");
    }

    private String epochs(int most, double... maes) throws IOException {
        String[] settings = {"training.epochs=" + most, "training.patience=2"};
        return only(findings(EXACT, Map.of(), training(maes), null, "embedded", settings), Topic.EPOCHS)
                .sentence();
    }

    private static TrainingResult training(double... maes) {
        int best = IntStream.range(0, maes.length).reduce(0, (one, other) -> maes[other] < maes[one] ? other : one);
        List<EpochResult> epochs = IntStream.range(0, maes.length)
                .mapToObj(i -> new EpochResult(i + 1, Map.of(), 1, maes[i], i == best, 0, 1))
                .toList();
        return new TrainingResult(epochs, best + 1, maes[best], List.of());
    }

    private List<Finding> verdict(Guesses model, Map<String, Guesses> others) throws IOException {
        return findings(model, others, training(3, 2, 2, 2), null, "embedded");
    }

    private List<Finding> findings(
            Guesses model,
            Map<String, Guesses> others,
            TrainingResult training,
            @Nullable Verdict verdict,
            String clip,
            String... settings)
            throws IOException {
        String[] all = Stream.concat(Stream.of("backbone.model=" + clip), Stream.of(settings))
                .toArray(String[]::new);
        ExperimentConfig config = TestingCatalog.config(folder, all);
        ModelComparison models = new ModelComparison(
                BINS,
                IntStream.range(0, IMAGES).mapToDouble(FindingsTest::label).toArray(),
                config.evaluation(),
                LabeledImage.SUBJECT);
        others.forEach((name, guesses) -> models.add(name, predictions(guesses)));
        models.add("NumCLIP", predictions(model));
        Comparison comparison = models.comparison();
        TestPredictions tested = new TestPredictions(
                predictions(model), Optional.ofNullable(verdict).map(this::coverage), unseen);
        return Findings.of(new RunResult(
                new RunFolder(folder),
                config,
                SCALE,
                comparison,
                models.differences(),
                List.of(),
                training,
                predictions(model),
                OptionalDouble.empty(),
                tested.coverage(),
                Optional.ofNullable(curve),
                TestFindings.of(config, BINS, SCALE.unit(), comparison, models.differences(), tested),
                List.of(),
                "",
                Duration.ZERO));
    }

    private LabeledPredictions predictions(Guesses guesses) {
        LabeledImage any = new TestingFolds().images(Split.TEST).get(0);
        List<LabeledImage> images = IntStream.range(0, IMAGES)
                .mapToObj(i -> new LabeledImage("image-" + i, any.source(), label(i), attributes))
                .toList();
        return new LabeledPredictions(
                images,
                IntStream.range(0, IMAGES)
                        .mapToObj(
                                i -> new Prediction(guesses.applyAsDouble(i), concepts(label(i) < 5 != hasWrongWords)))
                        .toList());
    }

    private static List<Prediction.Concept> concepts(boolean few) {
        return List.of(new Prediction.Concept("few", few ? 0.6 : 0.4), new Prediction.Concept("many", few ? 0.4 : 0.6));
    }

    private static double label(int number) {
        return number % 10;
    }

    private CoverageReport coverage(Verdict verdict) {
        Likelihood any = new Likelihood(0, 0);
        return new CoverageReport(
                verdict.promised(),
                new Size(IMAGES, IMAGES, IMAGES),
                new Size(IMAGES, IMAGES, IMAGES),
                IntervalForm.PLAIN,
                Map.of(IntervalForm.PLAIN, new CoverageReport.Intervals(1, width, 0, 0, 0, 0)),
                List.of(),
                List.of(),
                new CoverageReport.Sets(1, 1),
                1,
                any,
                any,
                new CoverageReport.Abstained(0, null),
                null,
                verdict,
                0,
                List.of());
    }

    private static String sentence(List<Finding> verdict, Topic topic, Judgement judgement) {
        assertThat(judgement(verdict, topic)).isEqualTo(judgement);
        return only(verdict, topic).sentence();
    }

    private static Judgement judgement(List<Finding> verdict, Topic topic) {
        return only(verdict, topic).judgement();
    }

    private static Finding only(List<Finding> verdict, Topic topic) {
        return verdict.stream()
                .filter(finding -> finding.topic() == topic)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void equalErrorsAreTheSame() throws IOException {
        assertThat(sentence(verdict(GOOD, Map.of(PIXELS, GOOD)), Topic.PLAIN_METHODS, Judgement.OPEN))
                .isEqualTo("Level with the best of 1 plain method, " + PIXELS
                        + ": on the same images both errors are the same.");
        Guesses otherwise = number -> label(number) + (number / 10 % 2 == 0 ? 0 : 1);
        Guesses likewise = number -> label(number) + (number / 10 % 2 == 0 ? 1 : 0);
        assertThat(sentence(verdict(otherwise, Map.of(PIXELS, likewise)), Topic.PLAIN_METHODS, Judgement.OPEN))
                .contains("both errors are the same (95 % interval of the difference: −0.");
    }

    @Test
    void imagesOfOneSubjectTellNothingFromChance() throws IOException {
        attributes = Map.of(LabeledImage.SUBJECT, "anna");
        List<Finding> verdict = verdict(GOOD, Map.of(PIXELS, LATE));
        assertThat(sentence(verdict, Topic.GUESS, Judgement.OPEN))
                .endsWith("from chance, as all of these images are of one subject.");
        assertThat(sentence(verdict, Topic.PLAIN_METHODS, Judgement.OPEN))
                .endsWith(", as all of these images are of one subject.");
    }

    @Test
    void withoutAComparisonNothingIsLevel() throws IOException {
        List<Finding> verdict =
                findings(BLIND, Map.of(PIXELS, GOOD), training(3, 2, 2, 2), null, "embedded", "evaluation.resamples=0");
        assertThat(sentence(verdict, Topic.PLAIN_METHODS, Judgement.OPEN))
                .startsWith("Not known to be better or worse than the best of 1 plain method, " + PIXELS)
                .contains(" beside 0.");
    }
}
