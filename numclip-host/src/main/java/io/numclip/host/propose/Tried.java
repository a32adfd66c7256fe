package io.numclip.host.propose;

import java.util.List;

/**
 * What a candidate has reached on the first parts of a trial.
 *
 * @param errors MAE of each part after each epoch; none if the training diverged
 * @param epochs on each part; 0: nothing was trained
 * @param done the share of a whole training that these are
 */
record Tried(Candidate candidate, List<List<Double>> errors, int epochs, double done) {

    int parts() {
        return errors.size();
    }

    /**
     * The mean over the first parts, of the epoch that a whole training would keep: the last of all, or that with the lowest mean.
     * It is the same epoch of each, as the best by every few images would be an accident. Infinite where one of the trainings
     * diverged.
     */
    double error(List<TrialPart> some) {
        int common =
                errors.stream().limit(some.size()).mapToInt(List::size).min().orElse(0);
        double best = Double.POSITIVE_INFINITY;
        int first = candidate.course().keepsLast() ? Math.max(0, common - 1) : 0;
        for (int epoch = first; epoch < common; epoch++) {
            int after = epoch;
            best = Math.min(best, TrialPart.mean(some, part -> errors.get(part).get(after)));
        }
        return best;
    }
}
