package io.numclip.training;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which training images an epoch sees. Rare numbers can be sampled more often without a change of any loss, so it can
 * be combined with every method. All but {@link #NATURAL} sample with replacement, as many images as there are.
 */
public enum Sampling {

    /** Every image once. */
    NATURAL,

    /** Every number concept equally often: weight 1 / n of a concept with n images. */
    BALANCED,

    /** Halfway between the two (in the exponent): weight 1 / √n of a concept with n images. */
    SQUARE_ROOT,

    /**
     * Label-distribution smoothing (Yang et al., ICML 2021, arXiv:2102.09554, eq. 1): weight 1 / p̃(y), where p̃ is the
     * frequency of the numbers around y, smoothed with the window of the published code at kernel size 5 and deviation 2.
     * Cells are whole numbers if all labels are, else hundredths of the label scale.
     */
    SMOOTHED;

    private static final double[] WINDOW = window(2, 2);
    private static final int HUNDREDTHS = 100;
    private static final int LARGEST_WHOLE_RANGE = 10_000;

    /** The probability of choosing each image, up to a common factor. */
    double[] weights(double[] labels, Bins bins, LabelScale scale) {
        return switch (this) {
            case NATURAL ->
                IntStream.range(0, labels.length).mapToDouble(i -> 1).toArray();
            case BALANCED -> byConcept(labels, bins, 1);
            case SQUARE_ROOT -> byConcept(labels, bins, 0.5);
            case SMOOTHED -> smoothed(labels, scale);
        };
    }

    private static double[] byConcept(double[] labels, Bins bins, double exponent) {
        int[] concepts = Arrays.stream(labels).mapToInt(bins::indexOf).toArray();
        double[] counts = counts(concepts, bins.size());
        return Arrays.stream(concepts)
                .mapToDouble(concept -> Math.pow(counts[concept], -exponent))
                .toArray();
    }

    private static double[] smoothed(double[] labels, LabelScale scale) {
        double lowest = scale.minimum();
        double range = scale.maximum() - lowest;
        boolean whole =
                range <= LARGEST_WHOLE_RANGE && Arrays.stream(labels).allMatch(label -> label == Math.rint(label));
        double width = whole ? 1 : range / HUNDREDTHS;
        int count = (int) Math.floor(range / width) + 1;
        int[] cells = Arrays.stream(labels)
                .mapToInt(label -> (int) Math.floor((label - lowest) / width))
                .map(cell -> Math.max(0, Math.min(count - 1, cell)))
                .toArray();
        double[] density = smooth(counts(cells, count));
        return Arrays.stream(cells).mapToDouble(cell -> 1 / density[cell]).toArray();
    }

    private static double[] counts(int[] cells, int size) {
        double[] counts = new double[size];
        for (int cell : cells) {
            counts[cell]++;
        }
        return counts;
    }

    /** Beyond the ends of the scale there are no images. */
    private static double[] smooth(double[] counts) {
        int reach = WINDOW.length / 2;
        double[] smooth = new double[counts.length];
        for (int cell = 0; cell < counts.length; cell++) {
            for (int other = Math.max(0, cell - reach); other <= Math.min(counts.length - 1, cell + reach); other++) {
                smooth[cell] += counts[other] * WINDOW[other - cell + reach];
            }
        }
        return smooth;
    }

    /**
     * The published window: an impulse amid {@code 2·reach + 1} cells after a Gaussian filter that is cut off at 4
     * deviations. What the filter moves beyond the border is mirrored back, so the window is flatter than a Gaussian.
     *
     * @return its largest number is 1
     */
    private static double[] window(int reach, int deviation) {
        int size = 2 * reach + 1;
        double[] window = new double[size];
        for (int distance = -4 * deviation; distance <= 4 * deviation; distance++) {
            double share = (double) distance / deviation;
            int place = Math.floorMod(reach + distance, 2 * size);
            window[Math.min(place, 2 * size - 1 - place)] += Math.exp(-share * share / 2);
        }
        double largest = Arrays.stream(window).max().orElseThrow();
        return Arrays.stream(window).map(number -> number / largest).toArray();
    }
}
