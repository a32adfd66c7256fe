package io.numclip.evaluation;

import java.util.SplittableRandom;

/**
 * Compares two runs on the same images by one score per image, such as the absolute error.
 *
 * @param count number of images
 * @param first mean score of the first run
 * @param second mean score of the second run
 * @param difference {@code first − second}: for errors, a negative one means that the first run is better
 * @param interval 95 % bootstrap interval of the difference
 * @param pValue two-sided, of the sign-flip test: the probability of a difference at least this far from 0 if the two
 *     runs could be swapped on each image
 */
public record PairedComparison(
        int count, double first, double second, double difference, Interval interval, double pValue) {

    /**
     * @param first a score of the first run per image; at least 2
     * @param second the scores of the second run, for the same images in the same order
     * @throws IllegalArgumentException if the scores do not match, are fewer than 2 or not finite
     */
    public static PairedComparison of(double[] first, double[] second, Resampling resampling) {
        double[] differences = differences(first, second);
        SplittableRandom random = new SplittableRandom(resampling.seed());
        Interval interval = interval(differences, resampling.resamples(), random);
        double pValue = SignFlipTest.pValue(differences, random);
        return new PairedComparison(first.length, mean(first), mean(second), mean(differences), interval, pValue);
    }

    private static double[] differences(double[] first, double[] second) {
        if (first.length != second.length || first.length < 2) {
            throw new IllegalArgumentException("two runs need scores for the same images, at least 2; found "
                    + first.length + " and " + second.length);
        }
        double[] differences = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            differences[i] = first[i] - second[i];
            if (!Double.isFinite(differences[i])) {
                throw new IllegalArgumentException(
                        "scores must be finite; found " + first[i] + " and " + second[i] + " at " + i);
            }
        }
        return differences;
    }

    private static Interval interval(double[] differences, int resamples, SplittableRandom random) {
        double[] means = new double[resamples];
        for (int resample = 0; resample < resamples; resample++) {
            double sum = 0;
            for (int i = 0; i < differences.length; i++) {
                sum += differences[random.nextInt(differences.length)];
            }
            means[resample] = sum / differences.length;
        }
        return Interval.middle(means);
    }

    private static double mean(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum / numbers.length;
    }
}
