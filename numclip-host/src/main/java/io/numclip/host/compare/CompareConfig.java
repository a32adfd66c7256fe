package io.numclip.host.compare;

import io.numclip.host.config.ConfigNode;
import io.numclip.host.config.MethodVariant;
import io.numclip.host.config.Protocol;
import io.numclip.spi.InvalidSettingException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A comparison: every method on every task, number of shots and shift, with every seed.
 *
 * @param tasks names of tasks, or YAML files
 * @param methods with their own settings
 * @param seeds of the training
 * @param folds which folds are the test in turn, as in {@code train --folds}; empty: the splits that the recipe names
 * @param shots how many training images of each label, or {@code all}
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
        List<Named> methods,
        List<Long> seeds,
        String folds,
        List<String> shots,
        List<Protocol.Shift> shifts,
        @Nullable Search search,
        ConfigNode.Mapping settings,
        boolean frozen,
        boolean yardsticks,
        String out,
        String against) {

    public CompareConfig {
        if (tasks.isEmpty() || methods.isEmpty()) {
            throw new IllegalArgumentException("a comparison needs tasks and methods, as in"
                    + " tasks: [age, dating] and methods: [numclip, coral]");
        }
        if (seeds.isEmpty()) {
            throw new InvalidSettingException("seeds", "must name at least one seed");
        }
        if (shifts.isEmpty()) {
            throw new InvalidSettingException("shifts", "must be none, or name shifts as {labels: 10, keep: 0.2}");
        }
        if (shots.isEmpty() || !shots.stream().allMatch(shot -> shot.matches("all|[1-9]\\d{0,6}"))) {
            throw new InvalidSettingException(
                    "shots", "must be all, or a number of images of each label; found " + shots);
        }
    }

    /** A method by its name; if there is a base, a variant of that method. */
    public record Named(String name, @Nullable String base, ConfigNode.@Nullable Mapping settings) {

        MethodVariant variant() {
            return new MethodVariant(name, base == null ? name : base, Objects.requireNonNull(settings));
        }
    }

    /** How many training images of each label; 0: all. */
    List<Integer> shotCounts() {
        return shots.stream()
                .map(shot -> shot.equals("all") ? 0 : Integer.parseInt(shot))
                .toList();
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
