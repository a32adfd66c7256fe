package io.numclip.uncertainty;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a calibration keeps its promise on images with known labels.
 *
 * @param promised the coverage asked for
 * @param calibrationImages how many images it was learned from
 * @param images how many images it was measured on
 * @param shown the form that predictions show
 * @param intervals for each form
 * @param bins for each bin that values fall into, in the order of the scale; bins without a value are left out
 * @param sets of the sets of concepts
 * @param temperature of the reported probabilities
 * @param raw of the probabilities as the network gives them
 * @param tempered of the reported probabilities
 * @param abstained of the predictions shown
 * @param outOfRange how many values lie outside the labels of the training images
 */
public record CoverageReport(
        double promised,
        int calibrationImages,
        int images,
        IntervalForm shown,
        Map<IntervalForm, Intervals> intervals,
        List<BinCoverage> bins,
        Sets sets,
        double temperature,
        Likelihood raw,
        Likelihood tempered,
        Abstained abstained,
        int outOfRange) {

    /**
     * Intervals of one form. Least and most are the thirds of the images at either end.
     *
     * @param coverage share of the labels within
     * @param meanWidth in the unit of the label scale
     * @param leastSpread mean width of the images whose concepts have the least {@link Spread}
     * @param mostSpread mean width of those with the most
     * @param leastError mean width of the images with the least |label − value|
     * @param mostError mean width of those with the most
     */
    public record Intervals(
            double coverage,
            double meanWidth,
            double leastSpread,
            double mostSpread,
            double leastError,
            double mostError) {}

    /** Coverage of each form among the values that fall into a bin. */
    public record BinCoverage(String concept, int images, Map<IntervalForm, Double> coverage) {}

    /** @param meanSize in concepts */
    public record Sets(double coverage, double meanSize) {}

    /**
     * @param images how many predictions are marked
     * @param answeredMae mean absolute error of those that are not; null where none is left
     */
    public record Abstained(int images, @Nullable Double answeredMae) {}
}
