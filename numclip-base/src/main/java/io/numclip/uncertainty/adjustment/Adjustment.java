package io.numclip.uncertainty.adjustment;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * A line from the numbers of a network to those that are shown, found on a few labelled images of the place of use.
 *
 * @param offset in the unit of the label scale
 * @param slope above 0
 * @param images on which the model was recalibrated, be it its numbers or its intervals; 0: it was not
 */
public record Adjustment(double offset, double slope, int images) {

    /** Numbers as the network gives them. */
    public static final Adjustment NONE = new Adjustment(0, 1, 0);

    /** @throws IllegalArgumentException if the line does not rise, as in a damaged file */
    public Adjustment {
        if (!(slope > 0 && Double.isFinite(slope) && Double.isFinite(offset))) {
            throw new IllegalArgumentException("an adjustment rises; found a slope of " + slope);
        }
    }

    public double of(double number) {
        return slope * number + offset;
    }

    /** As {@link #of(double)}, of each (N). */
    public float[] of(float[] numbers) {
        float[] adjusted = numbers.clone();
        for (int n = 0; n < adjusted.length; n++) {
            adjusted[n] = (float) of(numbers[n]);
        }
        return adjusted;
    }

    /** This one of numbers that an earlier one was applied to. */
    public Adjustment after(Adjustment earlier) {
        return new Adjustment(of(earlier.offset), slope * earlier.slope, images);
    }

    /** The median of label − number. */
    public static Adjustment offset(double[] numbers, double[] labels) {
        return with(1, numbers, labels);
    }

    /** The slope of least squares, with the median of what it leaves; {@link #offset} where that does not rise. */
    public static Adjustment line(double[] numbers, double[] labels) {
        double centre = Arrays.stream(numbers).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int n = 0; n < numbers.length; n++) {
            products += (numbers[n] - centre) * labels[n];
            squares += (numbers[n] - centre) * (numbers[n] - centre);
        }
        return with(products > 0 ? products / squares : 1, numbers, labels);
    }

    private static Adjustment with(double slope, double[] numbers, double[] labels) {
        double[] rest = new double[numbers.length];
        Arrays.setAll(rest, n -> labels[n] - slope * numbers[n]);
        Arrays.sort(rest);
        double median = (rest[(rest.length - 1) / 2] + rest[rest.length / 2]) / 2;
        return new Adjustment(median, slope, rest.length);
    }

    /**
     * Each number (N) by what is fitted to the images of other groups.
     *
     * @param groups (N), at least 2
     */
    public static double[] heldOut(
            double[] numbers, double[] labels, List<String> groups, BiFunction<double[], double[], Adjustment> fit) {
        double[] heldOut = new double[numbers.length];
        for (int n = 0; n < heldOut.length; n++) {
            String own = groups.get(n);
            int[] others = IntStream.range(0, numbers.length)
                    .filter(i -> !groups.get(i).equals(own))
                    .toArray();
            heldOut[n] = fit.apply(some(numbers, others), some(labels, others)).of(numbers[n]);
        }
        return heldOut;
    }

    private static double[] some(double[] all, int... chosen) {
        return Arrays.stream(chosen).mapToDouble(n -> all[n]).toArray();
    }
}
