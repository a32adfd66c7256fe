package io.numclip.evaluation;

import java.util.Arrays;

/**
 * The range in which a figure would likely lie on other images of the same kind: the middle 95 % of its bootstrap
 * figures (the percentile method of Efron and Tibshirani 1993, chapter 13).
 *
 * @param low at most {@code high}
 */
public record Interval(double low, double high) {

    private static final double TAIL = 0.025;

    public Interval {
        if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
            throw new IllegalArgumentException(
                    "an interval needs low <= high, both finite; found " + low + " and " + high);
        }
    }

    public boolean contains(double figure) {
        return low <= figure && figure <= high;
    }

    /** @param figures one per resample; at least one, in any order */
    public static Interval middle(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
    }

    /** Linear between two neighbours, like NumPy's default. */
    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
