package io.numclip.uncertainty.coverage;

import io.numclip.uncertainty.IntervalForm;
import io.numclip.uncertainty.Size;
import io.numclip.uncertainty.Spread;
import io.numclip.uncertainty.temperature.Likelihood;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a calibration reaches its coverage on images with known labels.
 *
 * @param promised the coverage that was requested
 * @param calibration images on which it was calibrated
 * @param test images on which it was measured
 * @param shown the form that predictions show
 * @param intervals for each form
 * @param bins for each bin that values fall into, in the order of the scale; bins without a value are left out
 * @param merged concepts of neighbouring bins that share a width of the per-bin form, for which it promises its
 *     coverage only together
 * @param sets of the sets of concepts
 * @param temperature of the coarse head's probabilities
 * @param words of the coarse head, with or without words, before the temperature
 * @param chances of the concepts, as predictions show them
 * @param abstained of the predictions shown
 * @param strange how many images are marked as strange; null if this cannot be told
 * @param verdict on the form that predictions show
 * @param outOfRange how many values lie outside the labels of the training images
 * @param cuts decisions with a budget for misses; none in a report of before there were cuts
 */
public record CoverageReport(
        double promised,
        Size calibration,
        Size test,
        IntervalForm shown,
        Map<IntervalForm, Intervals> intervals,
        List<BinCoverage> bins,
        List<List<String>> merged,
        Sets sets,
        double temperature,
        Likelihood words,
        Likelihood chances,
        Abstained abstained,
        @Nullable Integer strange,
        Verdict verdict,
        int outOfRange,
        @Nullable List<CutReport> cuts) {

    /** @throws IllegalArgumentException if a part is missing, as in a damaged file */
    public CoverageReport {
        boolean whole = Stream.of(
                        calibration, test, shown, intervals, bins, merged, sets, words, chances, abstained, verdict)
                .allMatch(Objects::nonNull);
        if (!whole || intervals.get(shown) == null) {
            throw new IllegalArgumentException(
                    "a report of coverage lacks a part, or intervals of the form that is shown");
        }
        cuts = cuts == null ? List.of() : List.copyOf(cuts);
    }

    @Override
    public List<CutReport> cuts() {
        return Objects.requireNonNull(cuts);
    }

    /**
     * Intervals of one form. Least and most are the thirds of the images at either end.
     *
     * @param coverage share of the labels inside
     * @param meanWidth in the unit of the label scale
     * @param leastSpread mean width of the images whose concepts have the least {@link Spread}
     * @param mostSpread mean width of the images whose concepts have the most
     * @param leastError mean width of the images with the least |label − value|
     * @param mostError mean width of the images with the most
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
     * @param images number of predictions that are marked
     * @param answeredMae mean absolute error of the predictions that are not marked; null if all are
     */
    public record Abstained(int images, @Nullable Double answeredMae) {}
}
