package io.numclip.runner.starter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a setting has reached on the parts that there was time for, the first ones. */
final class Tried {

    private final List<List<Double>> errors = new ArrayList<>();
    private final int epochs;
    private final boolean keepsLast;
    private double longest;

    /**
     * @param epochs on each part; 0: nothing is trained
     * @param keepsLast whether a whole training would keep its last epoch, and not the best
     */
    Tried(int epochs, boolean keepsLast) {
        this.epochs = epochs;
        this.keepsLast = keepsLast;
    }

    /**
     * Notes the next part.
     *
     * @param found MAE on its validation images after each epoch; empty if the training diverged
     */
    void add(List<Double> found, double seconds) {
        errors.add(List.copyOf(found));
        longest = Math.max(longest, seconds);
    }

    int epochs() {
        return epochs;
    }

    int parts() {
        return errors.size();
    }

    /** Seconds that a part takes at most, by those that there were. */
    double longest() {
        return longest;
    }

    /** @param all every part */
    List<TrialPart> of(List<TrialPart> all) {
        return all.subList(0, Math.min(all.size(), errors.size()));
    }

    /**
     * The mean over the validation images of some of the parts, of the epoch that a whole training would keep: the last of all, or that
     * with the lowest mean. It is the same epoch of each, as the best by every few images would be an accident. Infinite where one of the
     * trainings diverged.
     *
     * @param parts the first ones
     */
    double error(List<TrialPart> parts) {
        int common =
                errors.stream().limit(parts.size()).mapToInt(List::size).min().orElse(0);
        return IntStream.range(keepsLast ? Math.max(0, common - 1) : 0, common)
                .mapToDouble(epoch -> mean(parts, epoch))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private double mean(List<TrialPart> parts, int epoch) {
        double sum = IntStream.range(0, parts.size())
                .mapToDouble(part -> errors.get(part).get(epoch)
                        * parts.get(part).validation().size())
                .sum();
        return sum / predictions(parts);
    }

    /** How many an error is the mean of. */
    static int predictions(List<TrialPart> parts) {
        return parts.stream().mapToInt(part -> part.validation().size()).sum();
    }
}
