package io.numclip.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Losses of an epoch, summed over its images. */
final class LossSum {

    private final List<WeightedLoss> losses;
    private final double[] sums;
    private double total;
    private int images;
    private int skippedSteps;
    private String firstSkip = "";

    LossSum(List<WeightedLoss> losses) {
        this.losses = losses;
        this.sums = new double[losses.size()];
    }

    /** @param values unweighted batch means, in the order of the losses */
    void add(float[] values, double weighted, int count) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += values[i] * (double) count;
        }
        total += weighted * count;
        images += count;
    }

    /** @param place the step, and what in it was not finite */
    void skip(String place) {
        firstSkip = skippedSteps == 0 ? place : firstSkip;
        skippedSteps++;
    }

    /** The place of the first step that was skipped; empty if none was. */
    String firstSkip() {
        return firstSkip;
    }

    int images() {
        return images;
    }

    int skippedSteps() {
        return skippedSteps;
    }

    double total() {
        return total / images;
    }

    /** Mean over the images, by name. */
    Map<String, Double> means() {
        Map<String, Double> means = new LinkedHashMap<>();
        for (int i = 0; i < sums.length; i++) {
            means.put(losses.get(i).name(), sums[i] / images);
        }
        return means;
    }
}
