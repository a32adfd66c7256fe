package io.numclip.loss;

import io.numclip.data.Bins;

/**
 * The unit in which a loss measures the distance of two labels: that of the label scale, and on scales wider than 100 a hundredth of
 * their width. The first steps of RAdam are as long as the gradient, so without that a training which works in metres would
 * end far off the scale in millimetres.
 */
final class LabelUnit {

    private static final double WIDEST = 100;

    private LabelUnit() {}

    /** By what a distance in the unit of the scale is multiplied, at most 1. */
    static double factor(Bins bins) {
        double width = bins.get(bins.size() - 1).upper() - bins.get(0).lower();
        return Math.min(1, WIDEST / width);
    }
}
