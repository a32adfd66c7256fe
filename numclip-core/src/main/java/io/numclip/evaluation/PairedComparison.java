package io.numclip.evaluation;

import java.util.SplittableRandom;

/**
 * Two runs on the same images, by one score per image, such as the absolute error.
 *
 * @param count number of images
 * @param first mean score of the first run
 * @param second mean score of the second run
 * @param difference {@code first − second}: of errors, a negative one says that the first run is better
 * @param interval 95 % bootstrap interval of the difference
 * @param pValue two-sided, of the sign-flip test: how likely a difference at least this far from 0 is if for each image
 *     the two runs might as well change places
 */
public record PairedComparison(
        int count, double first, double second, double difference, Interval interval, double pValue) {

    /**
     * @param first a score of the first run per image; at least 2
     * @param second the same of the second run, for the same images in the same order
     * @throws IllegalArgumentException if the scores do not fit each other, are fewer than 2 or not finite
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
            throw new IllegalArgumentException("two runs need a score each for the same images, 2 or more; found "
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
            for (int draw = 0; draw < differences.length; draw++) {
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
