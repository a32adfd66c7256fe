package io.numclip.evaluation;

import java.util.HashMap;
import java.util.Map;

/** Classifies labels by how often they occur in training. */
public final class LongTail {

    private final Map<Double, Integer> counts = new HashMap<>();

    /** @param trainingLabels one per training image */
    public LongTail(double[] trainingLabels) {
        for (double label : trainingLabels) {
            counts.merge(label, 1, Integer::sum);
        }
    }

    public Shots shots(double label) {
        return Shots.of(counts.getOrDefault(label, 0));
    }
}
