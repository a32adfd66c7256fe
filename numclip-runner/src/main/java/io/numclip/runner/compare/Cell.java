package io.numclip.runner.compare;

import io.numclip.host.config.ExperimentConfig;

/**
 * One training of a comparison.
 *
 * @param task as the comparison names it
 * @param method as the comparison names it
 * @param shots training images of each label; 0: all
 * @param fold the test fold; empty: the task's own splits
 */
public record Cell(String task, String method, long seed, int shots, String fold, ExperimentConfig config) {

    /** In words, for progress and failures. */
    @Override
    public String toString() {
        return task + ", " + method + ", seed " + seed + (shots == 0 ? "" : ", " + shots + "-shot")
                + (fold.isEmpty() ? "" : ", fold " + fold);
    }
}
