package io.numclip.host.compare;

import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Protocol;

/**
 * One training of a comparison.
 *
 * @param table what is compared in one table
 * @param method as the comparison names it
 * @param fold the test fold; empty: the task's own splits
 * @param trial whether it is a trial of the search for learning rates, which is validated and never tested
 */
public record Cell(Table table, String method, long seed, String fold, boolean trial, ExperimentConfig config) {

    /**
     * @param task as the comparison names it
     * @param shots training images of each label; 0: all
     */
    public record Table(String task, int shots, Protocol.Shift shift) {

        /** The table in words, such as {@code age, 4-shot}. */
        @Override
        public String toString() {
            return task
                    + (shots == 0 ? "" : ", " + shots + "-shot")
                    + (shift.labels() == 0 ? "" : ", shift of " + shiftInWords());
        }

        public String shotsInWords() {
            return shots == 0 ? "all" : String.valueOf(shots);
        }

        /** The number of labels and the share that is kept. */
        public String shiftInWords() {
            return shift.labels() == 0 ? "none" : shift.labels() + " labels to " + shift.keep();
        }
    }

    /** What one search for learning rates is for: all seeds of a method share its result. */
    public record Searched(Table table, String method, String fold) {}

    public Searched searched() {
        return new Searched(table, method, fold);
    }

    /** The factor on the learning rates. */
    public double factor() {
        return config.training().learningRates().factor();
    }

    /** The same training with another factor on the learning rates. */
    Cell withFactor(double factor) {
        return new Cell(table, method, seed, fold, trial, config.withRateFactor(factor));
    }

    Cell asTrial() {
        return new Cell(table, method, seed, fold, true, config);
    }

    /** The cell in words, for progress and failures. */
    @Override
    public String toString() {
        return table.task() + ", " + method + ", seed " + seed
                + table.toString().substring(table.task().length()) + (fold.isEmpty() ? "" : ", fold " + fold)
                + (trial ? ", trial of rates × " + factor() : "");
    }
}
