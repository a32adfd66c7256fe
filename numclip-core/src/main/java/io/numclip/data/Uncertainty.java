package io.numclip.data;

import java.util.List;

/**
 * How sure a prediction is, as the calibration of its model has it.
 *
 * @param coverage share of images whose label the interval holds, in the mean over images like those of the calibration;
 *     the same for {@code concepts}
 * @param interval where the label is expected
 * @param concepts neighbouring concepts, one of which is expected to be the label's, in the order of the scale
 * @param atLeast how likely the label reaches the lower edge of each bin but the first, in the order of the scale
 * @param abstained whether the interval is wider than the user wants; the value stands, but should not be relied on
 * @param outOfRange whether the value lies outside the labels of the training images, where nothing was learned
 */
public record Uncertainty(
        double coverage,
        Interval interval,
        List<String> concepts,
        List<AtLeast> atLeast,
        boolean abstained,
        boolean outOfRange) {

    /** Both ends belong to it, in the unit of the label scale. */
    public record Interval(double lower, double upper) {

        public Interval {
            if (!(lower <= upper)) {
                throw new IllegalArgumentException(
                        "an interval needs lower <= upper; found " + lower + " and " + upper);
            }
        }

        public double width() {
            return upper - lower;
        }

        public boolean contains(double label) {
            return label >= lower && label <= upper;
        }
    }

    /** P(y ≥ threshold). */
    public record AtLeast(double threshold, double probability) {}

    public Uncertainty {
        concepts = List.copyOf(concepts);
        atLeast = List.copyOf(atLeast);
    }
}
