package io.numclip.host.result;

import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.ShippedModel;
import io.numclip.data.Invocation;
import io.numclip.data.LabeledPredictions;
import io.numclip.evaluation.Interval;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Finding.Judgement;
import io.numclip.host.result.Finding.Topic;
import io.numclip.training.TrainingConfig;
import io.numclip.training.TrainingResult;
import io.numclip.training.progress.EpochResult;
import io.numclip.uncertainty.coverage.CoverageReport;
import io.numclip.uncertainty.coverage.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The verdict on a run, in sentences: what it is worth, how surely, and what would make it better. */
public final class Findings {

    private static final double LEAST_SPREAD = 0.1; // of the spread of the labels
    private static final double STILL_FALLING = 0.02;
    private static final double TAIL = 0.05;
    private static final double LEVEL = 0.05;

    private final RunResult result;
    private final String unit;
    private final List<Finding> found = new ArrayList<>();

    private Findings(RunResult result) {
        this.result = result;
        this.unit = result.scale().unit();
    }

    /** The findings in the order of their weight; at least one. */
    public static List<Finding> of(RunResult result) {
        Findings findings = new Findings(result);
        findings.guess();
        findings.plainMethods();
        findings.spread();
        findings.place();
        findings.intervals();
        findings.epochs();
        findings.backbone();
        return List.copyOf(findings.found);
    }

    private void guess() {
        Against against = against(Comparison.CONSTANT);
        String sentence = switch (against) {
            case BETTER -> "Better than a guess (" + guessed() + "): ";
            case OPEN -> "Not surely better than a guess (" + guessed() + "): ";
            case WORSE -> "Worse than a guess (" + guessed() + "): ";
        };
        add(Topic.GUESS, judgement(against), sentence + difference(Comparison.CONSTANT) + ".");
    }

    private String guessed() {
        return "always " + result.comparison().constantOfMae();
    }

    /** The best of them, so that nothing is claimed too easily. */
    private void plainMethods() {
        List<Comparison.Row> plain = result.comparison().rows().stream()
                .filter(row -> YardstickKind.of(row.model()).isPresent())
                .sorted(Comparator.comparingDouble(Comparison.Row::mae))
                .toList();
        if (plain.isEmpty()) {
            return;
        }
        String best = plain.get(0).model();
        Against against = against(best);
        if (against == Against.WORSE && isChance(best, plain.size())) {
            add(Topic.PLAIN_METHODS, Judgement.OPEN, maybeWorse(best, plain.size()));
        } else {
            add(Topic.PLAIN_METHODS, judgement(against), besidePlain(against, best, plain.size()));
        }
    }

    private String maybeWorse(String best, int several) {
        return "Not surely worse than the best of " + PlainText.counted(several, "plain method") + ", " + best + ": "
                + difference(best) + ", but the best of " + several + " may be that much better by chance.";
    }

    private String besidePlain(Against against, String best, int several) {
        return switch (against) {
            case BETTER -> betterThanAll(best, several) + difference(best) + ".";
            case OPEN ->
                (isCompared(best) ? "Level with" : "Not known to be better or worse than") + " the best of "
                        + PlainText.counted(several, "plain method") + ", " + best + ": " + difference(best) + ".";
            case WORSE ->
                "A plain method is better, " + best + ": " + difference(best)
                        + ". Do not use this model before it is better than that; more images, more epochs"
                        + " or another CLIP may help.";
        };
    }

    private static String betterThanAll(String best, int several) {
        return several == 1
                ? "Better than the plain method, " + best + ": "
                : "Better than all " + several + " plain methods: compared with the best of them, " + best + ", ";
    }

    /** Whether the best of several is better only because it is the best of several (Bonferroni). */
    private boolean isChance(String best, int several) {
        PairedComparison paired = result.differences().get(best);
        return paired != null && several * paired.pValue() > LEVEL;
    }

    private boolean isCompared(String other) {
        return result.differences().containsKey(other);
    }

    /** Such as {@code its error is smaller by 1.20 years (1.00 to 1.40)}. */
    private String difference(String other) {
        PairedComparison paired = result.differences().get(other);
        if (paired == null) {
            return "its error is "
                    + PlainText.figure(result.comparison().trained().mae()) + " beside "
                    + PlainText.figure(result.comparison().row(other).mae()) + " " + unit
                    + ", on too few images for an interval";
        }
        if (PlainText.isZero(paired.difference())) {
            return "on the same images both errors are the same" + difference(paired.interval());
        }
        boolean less = paired.difference() < 0;
        Interval interval = paired.interval();
        return "on the same images its error is " + (less ? "smaller" : "larger") + " by "
                + PlainText.figure(Math.abs(paired.difference())) + " " + unit + " (95 % interval: "
                + (less ? text(-interval.high(), -interval.low()) : text(interval.low(), interval.high())) + ")";
    }

    /** The difference in words; empty if there is none in all samples. */
    private static String difference(Interval interval) {
        return PlainText.isZero(interval.low()) && PlainText.isZero(interval.high())
                ? ""
                : " (95 % interval of the difference: " + text(interval.low(), interval.high()) + ")";
    }

    private static String text(double low, double high) {
        return PlainText.figure(low) + " to " + PlainText.figure(high);
    }

    private Against against(String other) {
        return Against.of(result.comparison(), result.differences(), other);
    }

    private static Judgement judgement(Against against) {
        return switch (against) {
            case BETTER -> Judgement.GOOD;
            case OPEN -> Judgement.OPEN;
            case WORSE -> Judgement.BAD;
        };
    }

    private void spread() {
        LabeledPredictions predictions = result.predictions();
        double[] values = middle(predictions.values());
        double[] labels = middle(predictions.labels());
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

    /** The two numbers between which nine in ten lie. */
    private static double[] middle(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        return last < 0
                ? new double[2]
                : new double[] {sorted[(int) Math.round(TAIL * last)], sorted[(int) Math.round((1 - TAIL) * last)]};
    }

    private void place() {
        result.coverage().map(CoverageReport::verdict).map(Verdict::reasons).orElse(List.of()).stream()
                .filter(reason -> reason.kind() != Verdict.Reason.Kind.ERRORS)
                .forEach(reason -> add(
                        Topic.PLACE,
                        Judgement.BAD,
                        "The test is unlike the training: " + reason.sentence()
                                + ". Figures and intervals may not hold elsewhere either."));
    }

    private void intervals() {
        result.coverage().ifPresent(coverage -> {
            Verdict verdict = coverage.verdict();
            String held = percent(verdict.coverage()) + " of the labels lie inside their intervals, where "
                    + percent(verdict.promised()) + " are promised";
            if (verdict.isSeen()) {
                add(Topic.INTERVALS, Judgement.GOOD, "The intervals keep their promise: " + held + ".");
            } else if (verdict.kept()) {
                add(
                        Topic.INTERVALS,
                        Judgement.OPEN,
                        "Whether the intervals keep their promise is not certain: " + held + ". With "
                                + PlainText.counted(coverage.calibration().images(), "image") + " to calibrate and "
                                + coverage.test().images() + " to test that may be chance.");
            } else {
                add(Topic.INTERVALS, Judgement.BAD, "Do not rely on the intervals: " + held + ".");
            }
        });
    }

    private void epochs() {
        TrainingResult training = result.training();
        int last = training.epochs().size();
        if (last == 0) {
            return;
        }
        String kept = "epoch " + training.bestEpoch() + " of " + last + " is kept";
        if (last < result.config().training().epochs()) {
            add(Topic.EPOCHS, Judgement.OPEN, endedEarly(last, kept));
        } else if (wasFalling(training)) {
            add(
                    Topic.EPOCHS,
                    Judgement.OPEN,
                    "The validation error was still falling in the last of " + last + " epochs"
                            + ": more of them (training.epochs) may help.");
        } else if (training.bestEpoch() <= last / 2) {
            add(
                    Topic.EPOCHS,
                    Judgement.OPEN,
                    "More epochs would not help: " + kept + ", and what came after was not better on the validation"
                            + " images. Lower learning rates or fewer epochs may.");
        }
    }

    private String endedEarly(int last, String kept) {
        TrainingConfig asked = result.config().training();
        return "The training ended after " + last + " of " + asked.epochs()
                + " epochs, because the validation error had not fallen for " + asked.patience()
                + " (training.patience); " + kept + ".";
    }

    /** Whether the last quarter of the epochs is clearly better than all before; false where there is none before. */
    private static boolean wasFalling(TrainingResult training) {
        List<EpochResult> epochs = training.epochs();
        int before = epochs.size() - Math.max(1, epochs.size() / 4);
        double reached = epochs.stream()
                .limit(before)
                .mapToDouble(EpochResult::validationMae)
                .min()
                .orElse(0);
        return training.bestEpoch() > before && training.bestValidationMae() < (1 - STILL_FALLING) * reached;
    }

    private void backbone() {
        String model = result.config().backbone().model();
        if (model.equals(ShippedModel.PIXELS)) {
            add(
                    Topic.BACKBONE,
                    Judgement.OPEN,
                    "The model sees plain pixels, without a network. That does for images that show the same thing at the"
                            + " same place and of the same size, and for no others; there a CLIP (--set backbone.model="
                            + ShippedModel.EMBEDDED + ", or a real one) sees more.");
        } else if (ModelSource.isEmbedded(model)) {
            add(
                    Topic.BACKBONE,
                    Judgement.OPEN,
                    "The embedded CLIP is for learning and testing: it is small, and has seen pictograms, clip art and"
                            + " letters, but hardly a photograph. With a real"
                            + " one photographs are understood far better: '" + Invocation.NAME
                            + " pull' lists some, and the"
                            + " command that fetches one; then --set backbone.model=DIR.");
        }
    }

    private void add(Topic topic, Judgement judgement, String sentence) {
        found.add(new Finding(topic, judgement, sentence));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
