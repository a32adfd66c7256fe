package io.numclip.data;

import java.util.List;

/**
 * How certain a prediction is, according to the calibration of its model.
 *
 * @param coverage share of images whose label lies in the interval, on average over images like those of the
 *     calibration; the same for {@code concepts}
 * @param interval where the label is expected
 * @param concepts neighbouring concepts, one of which is expected to be the label's, in the order of the scale
 * @param atLeast the probability that the label reaches the lower edge of each bin except the first, in the order of
 *     the scale
 * @param abstained whether the interval is wider than the user accepts; the value should then not be relied on
 * @param outOfRange whether the value lies outside the labels of the training images, for which nothing was trained
 * @param decisions one for each cut that the training was told, in its order
 * @param fromWords whether nothing was measured: the interval and the concepts hold {@code coverage} of what an untrained model
 *     makes of words, however right that is
 */
public record Uncertainty(
        double coverage,
        Interval interval,
        List<String> concepts,
        List<AtLeast> atLeast,
        boolean abstained,
        boolean outOfRange,
        List<Decision> decisions,
        boolean fromWords) {

    /** What is said of numbers where {@link #fromWords} is true. */
    public static final String FROM_WORDS = "from words alone, not measured on your images";

    /** An interval that includes both ends, in the unit of the label scale. */
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
        decisions = List.copyOf(decisions);
    }

    /** Of a model that was calibrated. */
    public Uncertainty(
            double coverage,
            Interval interval,
            List<String> concepts,
            List<AtLeast> atLeast,
            boolean abstained,
            boolean outOfRange,
            List<Decision> decisions) {
        this(coverage, interval, concepts, atLeast, abstained, outOfRange, decisions, false);
    }

    /** Of a model without cuts. */
    public Uncertainty(
            double coverage,
            Interval interval,
            List<String> concepts,
            List<AtLeast> atLeast,
            boolean abstained,
            boolean outOfRange) {
        this(coverage, interval, concepts, atLeast, abstained, outOfRange, List.of());
    }
}
