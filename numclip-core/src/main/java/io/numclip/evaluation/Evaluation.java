package io.numclip.evaluation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How good a model is, next to the best constant prediction.
 *
 * @param count number of images scored
 * @param tolerance the k of the cumulative score, in the unit of the label scale
 * @param constant for each metric, the figure of the constant that is best by that metric on the training labels
 * @param constants that constant in words, such as {@code 36, the median}
 */
public record Evaluation(
        int count, double tolerance, Figures model, Figures constant, Map<OrdinalMetric, String> constants) {

    public Evaluation {
        if (count < 1) {
            throw new IllegalArgumentException("an evaluation needs at least 1 image; found " + count);
        }
        Map<OrdinalMetric, String> ordered = new EnumMap<>(OrdinalMetric.class);
        ordered.putAll(constants);
        constants = Collections.unmodifiableMap(ordered);
    }
}
