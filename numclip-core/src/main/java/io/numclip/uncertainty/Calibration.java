package io.numclip.uncertainty;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the errors of a trained model. Stored with the model.
 *
 * @param coverage the share of labels that intervals and sets contain
 * @param images number of images on which the widths were calibrated
 * @param temperature of the reported probabilities; the value is computed from the raw ones
 * @param difficulty scales the normalised intervals
 * @param plain half the width of every plain interval
 * @param normalised half the width of a normalised interval of difficulty 1
 * @param perBin half the width of the intervals around values in each bin; infinite where nothing less can be promised
 * @param binGroups the group of neighbours to which each bin belongs; the bins of one share their width
 * @param set the score up to which a bin belongs to the set of concepts
 * @param lowestLabel of the training images
 * @param highestLabel of the training images
 * @param sample what the calibration images were; null for a model of before this was kept
 * @param interval the form that predictions show
 * @param abstainAbove the width above which predictions are marked as abstained; 0: none
 */
public record Calibration(
        double coverage,
        int images,
        double temperature,
        Difficulty difficulty,
        double plain,
        double normalised,
        List<Double> perBin,
        @Nullable List<Integer> binGroups,
        double set,
        double lowestLabel,
        double highestLabel,
        @Nullable Sample sample,
        IntervalForm interval,
        double abstainAbove) {

    public Calibration {
        ConformalQuantile.checkCoverage(coverage);
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("temperature must be above 0; found " + temperature);
        }
        perBin = List.copyOf(perBin);
        // models of before had no groups
        binGroups =
                binGroups == null ? IntStream.range(0, perBin.size()).boxed().toList() : List.copyOf(binGroups);
    }

    /** (K) the group of neighbours to which each bin belongs. */
    @Override
    public List<Integer> binGroups() {
        return Objects.requireNonNull(binGroups);
    }

    /** A copy with other values of the user's settings that need no new calibration. */
    public Calibration shownAs(IntervalForm form, double abstainAboveWidth) {
        return new Calibration(
                coverage,
                images,
                temperature,
                difficulty,
                plain,
                normalised,
                perBin,
                binGroups,
                set,
                lowestLabel,
                highestLabel,
                sample,
                form,
                abstainAboveWidth);
    }

    /** @param bin that the value falls into */
    double halfWidth(IntervalForm form, double expectedError, int bin) {
        return switch (form) {
            case PLAIN -> plain;
            case NORMALISED -> normalised * expectedError;
            case PER_BIN -> perBin.get(bin);
        };
    }
}
