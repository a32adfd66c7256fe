package io.numclip.host.compare;

import io.numclip.host.config.ConfigNode;
import io.numclip.host.config.MethodVariant;
import io.numclip.host.config.Protocol;
import io.numclip.spi.InvalidSettingException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comparison: every method on every task, number of shots and shift, with every seed.
 *
 * @param tasks names of tasks, or YAML files
 * @param seeds of the training
 * @param folds which folds are the test in turn, as in {@code train --folds}; empty: the splits that the recipe names
 * @param shots how many training images of each label; 0: all
 * @param shifts how the labels of the training images are shifted
 * @param search for learning rates; null: none
 * @param settings for all trainings: they override those of a task, and a method's override them
 * @param frozen whether image towers are frozen, so that all methods share the features of every image
 * @param yardsticks whether every table has rows of simple predictors
 * @param out the folder of cells and tables
 * @param against title of the method that all are tested against; empty: the best
 */
public record CompareConfig(
        List<String> tasks,
        List<MethodVariant> methods,
        List<Long> seeds,
        String folds,
        List<Integer> shots,
        List<Protocol.Shift> shifts,
        @Nullable Search search,
        ConfigNode.Mapping settings,
        boolean frozen,
        boolean yardsticks,
        Path out,
        String against) {

    public CompareConfig {
        tasks = List.copyOf(tasks);
        methods = List.copyOf(methods);
        seeds = List.copyOf(seeds);
        shots = List.copyOf(shots);
        shifts = List.copyOf(shifts);
    }

    /**
     * A search for learning rates on validation images, the same for every method.
     *
     * @param factors on all learning rates; each is trained once
     * @param seed of these trials
     */
    public record Search(List<Double> factors, long seed) {

        public Search {
            factors = List.copyOf(factors);
            if (factors.isEmpty() || !factors.stream().allMatch(factor -> factor > 0 && Double.isFinite(factor))) {
                throw new InvalidSettingException(
                        "factors", "must be positive numbers, as in factors: [1, 3, 10]; found " + factors);
            }
        }
    }
}
