package io.numclip.host.result;

import io.numclip.data.Bins;
import io.numclip.data.Invocation;
import io.numclip.data.LabeledPredictions;
import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Finding.Judgement;
import io.numclip.host.result.Finding.Topic;
import io.numclip.uncertainty.Chance;
import io.numclip.uncertainty.ConformalQuantile;
import io.numclip.uncertainty.ExactNumber;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.Size;
import io.numclip.uncertainty.UncertaintyConfig;
import io.numclip.uncertainty.coverage.CoverageReport;
import io.numclip.uncertainty.coverage.Share;
import io.numclip.uncertainty.coverage.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** What images whose numbers are known have shown of a model, in sentences. */
public final class TestFindings {

    private static final double LEAST_SPREAD = 0.1; // of the spread of the labels
    private static final double LEVEL = 0.05;
    private static final double ORDERED = 0.5; // rank correlation
    private static final double MOST_WITHOUT_OFFSET = 0.8; // of the error
    private static final double MUCH_WORSE = 1.25; // times the error of all
    private static final double HARDLY_NARROWER = 0.9; // than where that many labels lie
    private static final double NINE_IN_TEN = 0.9;
    private static final int FEWEST = 10; // groups of images in a part

    private final ExperimentConfig config;
    private final Bins bins;
    private final String unit;
    private final Comparison comparison;
    private final TestPredictions tested;
    private final LabeledPredictions predictions;
    private final List<Finding> found = new ArrayList<>();

    private TestFindings(
            ExperimentConfig config, Bins bins, String unit, Comparison comparison, TestPredictions tested) {
        this.config = config;
        this.bins = bins;
        this.unit = unit;
        this.comparison = comparison;
        this.tested = tested;
        this.predictions = tested.predictions();
    }

    /**
     * The findings in the order of their weight; at least one.
     *
     * @param bins of the concepts
     * @param comparison the model, beside the best constant and others
     * @param differences as {@link ModelComparison#differences} gives them
     */
    public static List<Finding> of(
            ExperimentConfig config,
            Bins bins,
            String unit,
            Comparison comparison,
            Map<String, PairedComparison> differences,
            TestPredictions tested) {
        TestFindings findings = new TestFindings(config, bins, unit, comparison, tested);
        BesideOthers others = new BesideOthers(comparison, differences, unit, findings.whyNoInterval());
        findings.found.add(others.guess());
        findings.within();
        others.plainMethods().ifPresent(findings::add);
        findings.offset();
        findings.worstPart();
        findings.spread();
        findings.intervals();
        findings.untold();
        return List.copyOf(findings.found);
    }

    private String whyNoInterval() {
        String group = config.protocol().group();
        return ImageClusters.areOne(predictions.images(), group) ? ", as all of these images are of one " + group : "";
    }

    /** Nothing is good about a model that is not better than a guess. */
    private void add(Finding finding) {
        boolean isBad = found.get(0).judgement() != Judgement.GOOD && finding.judgement() == Judgement.GOOD;
        found.add(isBad ? new Finding(finding.topic(), Judgement.OPEN, finding.sentence()) : finding);
    }

    private void add(Topic topic, Judgement judgement, String sentence) {
        add(new Finding(topic, judgement, sentence));
    }

    /** Such as {@code right within 1 year in 95 % of the images}. */
    public static String within(Comparison comparison, String unit) {
        return "right within " + PlainText.quantity(ExactNumber.text(comparison.tolerance()), unit) + " in "
                + PlainText.percent(within(comparison.trained())) + " of the images";
    }

    private static double within(Comparison.Row row) {
        return row.figures().getOrDefault(OrdinalMetric.CUMULATIVE_SCORE, 0.0);
    }

    /** Only of a tolerance that the user has named. */
    private void within() {
        if (config.evaluation().tolerance() == 0) {
            return;
        }
        double guess = within(comparison.row(Comparison.CONSTANT));
        double[] errors = predictions.errors();
        boolean[] isRight = new boolean[errors.length];
        IntStream.range(0, errors.length).forEach(n -> isRight[n] = errors[n] <= comparison.tolerance());
        Share share = Share.of(isRight, predictions.images(), config.protocol().group());
        Judgement judgement =
                share.low() > guess ? Judgement.GOOD : share.high() < guess ? Judgement.BAD : Judgement.OPEN;
        add(
                Topic.WITHIN,
                judgement,
                PlainText.capital(within(comparison, unit)) + " (95 % interval: "
                        + PlainText.percents(share.low(), share.high()) + "); a guess (always "
                        + comparison.constants().getOrDefault(OrdinalMetric.CUMULATIVE_SCORE, "the same") + ") in "
                        + PlainText.percent(guess) + ".");
    }

    /** Numbers that are in order, but all too high or too low, by a good part of the error. */
    private void offset() {
        PartFigures all = PartFigures.of(
                predictions, config.evaluation(), config.protocol().group());
        Interval interval = all.biasInterval();
        double order = comparison.trained().figures().getOrDefault(OrdinalMetric.SPEARMAN, 0.0);
        double without = IntStream.range(0, predictions.size())
                .mapToDouble(n -> predictions.predictions().get(n).value()
                        - predictions.images().get(n).label())
                .map(error -> Math.abs(error - all.bias()))
                .average()
                .orElse(0);
        boolean isMuch = without <= MOST_WITHOUT_OFFSET * comparison.trained().mae();
        if (interval == null || interval.contains(0) || order < ORDERED || !isMuch) {
            return;
        }
        boolean high = all.bias() > 0;
        add(
                Topic.OFFSET,
                Judgement.BAD,
                "The order is right (Spearman " + PlainText.rounded(order, 2) + "), but the numbers are "
                        + PlainText.figure(Math.abs(all.bias())) + " " + unit + (high ? " too high" : " too low")
                        + " (95 % interval: "
                        + PlainText.figure(high ? interval.low() : -interval.high()) + " to "
                        + PlainText.figure(high ? interval.high() : -interval.low())
                        + "): about twenty labelled images of this source repair that, with '" + Invocation.NAME
                        + " recalibrate RUN LIST'.");
    }

    /** The part of the scale with the largest error, where it is larger than elsewhere beyond chance (Bonferroni). */
    private void worstPart() {
        List<String> groups =
                Size.groups(predictions.images(), config.protocol().group());
        int[] labels =
                Arrays.stream(predictions.labels()).mapToInt(bins::indexOf).toArray();
        double[] errors = predictions.errors();
        int[] parts = IntStream.range(0, bins.size())
                .filter(k -> groups(groups, labels, k, true) >= FEWEST && groups(groups, labels, k, false) >= FEWEST)
                .toArray();
        double worst = MUCH_WORSE * comparison.trained().mae();
        Optional<String> sentence = Optional.empty();
        for (int k : parts) {
            int[] inPart = IntStream.range(0, labels.length)
                    .filter(n -> labels[n] == k)
                    .toArray();
            double error =
                    IntStream.of(inPart).mapToDouble(n -> errors[n]).average().orElseThrow();
            if (error >= worst && parts.length * Chance.ofLarger(errors, labels, k, groups) <= LEVEL) {
                worst = error;
                sentence = Optional.of("Worst for " + bins.get(k).concept() + " ("
                        + PlainText.counted(inPart.length, "image") + "): off by " + PlainText.figure(error) + " "
                        + unit + " on average, "
                        + PlainText.figure(comparison.trained().mae()) + " in all.");
            }
        }
        sentence.ifPresent(of -> add(Topic.WORST_PART, Judgement.OPEN, of));
    }

    private static long groups(List<String> groups, int[] labels, int part, boolean inside) {
        return IntStream.range(0, labels.length)
                .filter(n -> (labels[n] == part) == inside)
                .mapToObj(groups::get)
                .distinct()
                .count();
    }

    private void spread() {
        double[] values = middle(predictions.values(), NINE_IN_TEN);
        double[] labels = middle(predictions.labels(), NINE_IN_TEN);
        if (predictions.size() > 1 && values[1] - values[0] < LEAST_SPREAD * (labels[1] - labels[0])) {
            add(
                    Topic.SPREAD,
                    Judgement.BAD,
                    "The predictions are all but constant: nine in ten lie between " + PlainText.figure(values[0])
                            + " and "
                            + PlainText.figure(values[1]) + " " + unit + ", nine in ten labels between "
                            + PlainText.figure(labels[0])
                            + " and " + PlainText.figure(labels[1])
                            + ". Train for more epochs or with higher learning rates, and look at the words.");
        }
    }

    /** The two numbers between which a share lies. */
    private static double[] middle(double[] numbers, double share) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        double tail = (1 - share) / 2;
        return last < 0
                ? new double[2]
                : new double[] {sorted[(int) Math.round(tail * last)], sorted[(int) Math.round((1 - tail) * last)]};
    }

    /** One line for whether the intervals keep their promise, and for what speaks against it. */
    private void intervals() {
        List<String> reasons = reasons();
        String why = String.join("; ", reasons);
        Optional<Verdict> verdict = tested.coverage().map(CoverageReport::verdict);
        if (verdict.isPresent() && !verdict.get().kept()) {
            add(
                    Topic.INTERVALS,
                    Judgement.BAD,
                    "Do not rely on the intervals: " + held(verdict.get()) + ". Likely reason: " + why + ".");
        } else if (!reasons.isEmpty()) {
            add(
                    Topic.PLACE,
                    reasons.size() > tested.unseen().size() ? Judgement.BAD : Judgement.OPEN,
                    PlainText.capital(why) + ". "
                            + verdict.map(known ->
                                            "Here " + held(known) + "; elsewhere neither that nor the error may hold.")
                                    .orElse("Elsewhere the error may be another."));
        } else {
            tested.coverage().ifPresent(this::promise);
        }
    }

    /** What the test images have that others have not; that nothing is unlike is said only where that is so. */
    private List<String> reasons() {
        List<String> reasons = new ArrayList<>(tested.unseen());
        tested.coverage().map(CoverageReport::verdict).map(Verdict::reasons).orElse(List.of()).stream()
                .filter(reason -> reason.kind() != Verdict.Reason.Kind.ERRORS || reasons.isEmpty())
                .map(Verdict.Reason::sentence)
                .forEach(reasons::add);
        return reasons;
    }

    /** What too few calibration images cannot tell. */
    private void untold() {
        UncertaintyConfig asked = config.uncertainty();
        boolean hasNone = predictions.predictions().stream().allMatch(each -> each.uncertainty() == null);
        if (hasNone
                && tested.coverage().isEmpty()
                && !asked.isOff()
                && !config.protocol().isReference()) {
            add(
                    Topic.INTERVALS,
                    Judgement.OPEN,
                    "There are no intervals: for " + PlainText.percent(asked.coverage()) + " they need at least "
                            + ConformalQuantile.fewest(asked.coverage()) + " calibration images, which are a share of"
                            + " the validation images (uncertainty.calibration); --set training.refit=all takes them from all"
                            + " images, in six trainings in place of one.");
        }
        tested.coverage()
                .filter(coverage -> coverage.strange() == null && asked.strange() > 0)
                .ifPresent(coverage -> add(
                        Topic.PLACE,
                        Judgement.OPEN,
                        "Whether an image is strange cannot be told: that needs at least "
                                + FamiliarImages.fewest(asked.strange()) + " calibration images; there are "
                                + coverage.calibration().images() + "."));
    }

    private void promise(CoverageReport coverage) {
        Verdict verdict = coverage.verdict();
        double width = Objects.requireNonNull(coverage.intervals().get(coverage.shown()))
                .meanWidth();
        double[] labels = middle(predictions.labels(), verdict.promised());
        if (!verdict.isSeen()) {
            add(
                    Topic.INTERVALS,
                    Judgement.OPEN,
                    "Whether the intervals keep their promise is not certain: " + held(verdict) + ". With "
                            + PlainText.counted(coverage.calibration().images(), "image") + " to calibrate and "
                            + coverage.test().images() + " to test that may be chance.");
        } else if (width >= HARDLY_NARROWER * (labels[1] - labels[0])) {
            add(
                    Topic.INTERVALS,
                    Judgement.OPEN,
                    "The intervals keep their promise, but say hardly more than a guess: " + held(verdict)
                            + "; they are "
                            + PlainText.figure(width) + " " + unit + " wide on average, and "
                            + PlainText.percent(verdict.promised()) + " of the labels lie between "
                            + PlainText.figure(labels[0]) + " and " + PlainText.figure(labels[1]) + " anyway.");
        } else {
            add(Topic.INTERVALS, Judgement.GOOD, "The intervals keep their promise: " + held(verdict) + ".");
        }
    }

    private static String held(Verdict verdict) {
        return PlainText.percent(verdict.coverage()) + " of the labels lie inside their intervals, where "
                + PlainText.percent(verdict.promised()) + " are promised";
    }
}
