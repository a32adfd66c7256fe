package io.numclip.evaluation;

/**
 * One image's truth beside its answer.
 *
 * @param label the true number
 * @param value the predicted number
 * @param labelBin index of the bin that holds the label
 * @param likeliestBin index of the likeliest concept; it may differ from the bin that holds the value
 */
public record Scored(double label, double value, int labelBin, int likeliestBin) {

    double error() {
        return value - label;
    }

    int binDistance() {
        return Math.abs(likeliestBin - labelBin);
    }
}
