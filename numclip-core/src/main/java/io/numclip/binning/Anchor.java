package io.numclip.binning;

/** How a bin's representative number is chosen. For a bin without training labels, mean and median are the midpoint. */
public enum Anchor {
    /** Mean of the training labels in the bin. */
    MEAN,
    /** Median of the training labels in the bin. */
    MEDIAN,
    /** The midpoint between the edges. */
    MIDPOINT,
    /** The lowest label of the bin, as in the published code. */
    LEFT_EDGE
}
