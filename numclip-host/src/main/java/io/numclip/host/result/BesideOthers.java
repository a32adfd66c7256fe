package io.numclip.host.result;

import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Finding.Judgement;
import io.numclip.host.result.Finding.Topic;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a model is better than a guess and than plain methods, in sentences. */
final class BesideOthers {

    private static final double LEVEL = 0.05;

    private final Comparison comparison;
    private final Map<String, PairedComparison> differences;
    private final String unit;
    private final String why;

    /** @param why nothing is told from chance where there are no differences, such as {@code , as …}; empty if unknown */
    BesideOthers(Comparison comparison, Map<String, PairedComparison> differences, String unit, String why) {
        this.comparison = comparison;
        this.differences = differences;
        this.unit = unit;
        this.why = why;
    }

    /** Not good where the concepts are worse than the best constant one, however good the numbers are. */
    Finding guess() {
        Against against = against(Comparison.CONSTANT);
        String sentence = switch (against) {
            case BETTER -> "Better than a guess (" + guessed() + "): ";
            case OPEN -> "Not surely better than a guess (" + guessed() + "): ";
            case WORSE -> "Worse than a guess (" + guessed() + "): ";
        };
        Optional<Finding> words = words();
        return new Finding(
                Topic.GUESS,
                against == Against.BETTER ? words.map(Finding::judgement).orElse(Judgement.GOOD) : judgement(against),
                sentence + difference(Comparison.CONSTANT) + "."
                        + words.map(Finding::sentence).orElse(""));
    }

    /** What speaks against the concepts; empty if they are right as often as the best constant one. */
    private Optional<Finding> words() {
        Comparison.Row trained = comparison.trained();
        Double right = trained.figures().get(OrdinalMetric.ACCURACY);
        Double guess = comparison.row(Comparison.CONSTANT).figures().get(OrdinalMetric.ACCURACY);
        if (right == null || guess == null || right >= guess) {
            return Optional.empty();
        }
        Interval interval = trained.intervals().get(OrdinalMetric.ACCURACY);
        boolean sure = interval != null && interval.high() < guess;
        return Optional.of(new Finding(
                Topic.GUESS,
                sure ? Judgement.BAD : Judgement.OPEN,
                " But its concept is right in " + PlainText.percent(right)
                        + " of the images only, where a guess (always "
                        + comparison.constants().getOrDefault(OrdinalMetric.ACCURACY, "the same") + ") is in "
                        + PlainText.percent(guess) + (sure ? ": do not rely on the words." : ".")));
    }

    private String guessed() {
        return "always " + comparison.constantOfMae();
    }

    /** The best of them, so that nothing is claimed too easily. */
    Optional<Finding> plainMethods() {
        List<Comparison.Row> plain = comparison.rows().stream()
                .filter(row -> YardstickKind.of(row.model()).isPresent())
                .sorted(Comparator.comparingDouble(Comparison.Row::mae))
                .toList();
        if (plain.isEmpty()) {
            return Optional.empty();
        }
        String best = plain.get(0).model();
        Against against = against(best);
        boolean maybe = against == Against.WORSE && isChance(best, plain.size());
        return Optional.of(
                maybe
                        ? new Finding(Topic.PLAIN_METHODS, Judgement.OPEN, maybeWorse(best, plain.size()))
                        : new Finding(
                                Topic.PLAIN_METHODS, judgement(against), besidePlain(against, best, plain.size())));
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
        PairedComparison paired = differences.get(best);
        return paired != null && several * paired.pValue() > LEVEL;
    }

    private boolean isCompared(String other) {
        return differences.containsKey(other);
    }

    /** Such as {@code its error is smaller by 1.20 years (1.00 to 1.40)}. */
    private String difference(String other) {
        PairedComparison paired = differences.get(other);
        if (paired == null) {
            return "its error is "
                    + PlainText.figure(comparison.trained().mae()) + " beside "
                    + PlainText.figure(comparison.row(other).mae()) + " " + unit
                    + ", with no interval to tell that from chance" + why;
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
        return Against.of(comparison, differences, other);
    }

    private static Judgement judgement(Against against) {
        return switch (against) {
            case BETTER -> Judgement.GOOD;
            case OPEN -> Judgement.OPEN;
            case WORSE -> Judgement.BAD;
        };
    }
}
