package io.numclip.runner.compare;

import io.numclip.host.config.ConfigNode;
import io.numclip.host.config.MethodVariant;
import java.nio.file.Path;
import java.util.List;

/**
 * A comparison: every method on every task with every seed.
 *
 * @param tasks names of tasks, or YAML files
 * @param seeds of the training
 * @param folds which folds are the test in turn, as in {@code train --folds}; empty: the splits that the recipe names
 * @param shots how many training images of each label; 0: all
 * @param settings for all trainings: they override those of a task, and a method's override them
 * @param frozen whether image towers are frozen, so that all methods share the features of every image
 * @param out the folder of cells and tables
 * @param against title of the method that all are tested against; empty: the best
 */
public record CompareConfig(
        List<String> tasks,
        List<MethodVariant> methods,
        List<Long> seeds,
        String folds,
        List<Integer> shots,
        ConfigNode.Mapping settings,
        boolean frozen,
        Path out,
        String against) {

    public CompareConfig {
        tasks = List.copyOf(tasks);
        methods = List.copyOf(methods);
        seeds = List.copyOf(seeds);
        shots = List.copyOf(shots);
    }
}
