package io.numclip.evaluation;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * Compares two methods on the same images by one score per image, such as the absolute error.
 *
 * @param count number of pairs of scores
 * @param clusters number of clusters of their images
 * @param first mean score of the first method
 * @param second mean score of the second method
 * @param difference {@code first − second}: for errors, a negative one means that the first method is better
 * @param interval 95 % interval of the difference, of the bootstrap over clusters crossed with runs
 * @param pValue two-sided, of the sign-flip test: the probability of a difference at least this far from 0 if the two
 *     methods could be swapped on each cluster
 */
public record PairedComparison(
        int count, int clusters, double first, double second, double difference, Interval interval, double pValue) {

    /** @throws IllegalArgumentException if there is no interval, as in a damaged file */
    public PairedComparison {
        if (interval == null) {
            throw new IllegalArgumentException("a comparison has no interval");
        }
    }

    /**
     * One run of each, every image on its own.
     *
     * @param first a score of the first run per image; at least 2
     * @param second the scores of the second run, for the same images in the same order
     * @throws IllegalArgumentException if the scores do not match, are fewer than 2 or not finite
     */
    public static PairedComparison of(double[] first, double[] second, Resampling resampling) {
        return of(first, second, Clusters.single(first.length), new int[first.length], resampling);
    }

    /**
     * Several runs of each, such as the seeds of a comparison.
     *
     * @param first a score of the first method for each image and run (N)
     * @param second the scores of the second method (N)
     * @param clusters of the images of these scores (N); at least 2
     * @param run of each score (N), {@code 0, 1, …}
     * @throws IllegalArgumentException if the scores do not match, are not finite or belong to one cluster
     */
    public static PairedComparison of(
            double[] first, double[] second, Clusters clusters, int[] run, Resampling resampling) {
        double[] differences = differences(first, second);
        if (clusters.images() != first.length || run.length != first.length || clusters.count() < 2) {
            throw new IllegalArgumentException("each of " + first.length
                    + " scores needs a run and a cluster, at least 2 clusters in all; found " + run.length + ", "
                    + clusters.images() + " and " + clusters.count());
        }
        CrossedDifferences crossed = new CrossedDifferences(differences, clusters, run);
        SplittableRandom random = new SplittableRandom(resampling.seed());
        double[] means = DoubleStream.generate(() -> crossed.sampledMean(random))
                .limit(resampling.resamples())
                .toArray();
        double pValue = SignFlipTest.pValue(crossed.ofClusters(), random);
        return new PairedComparison(
                first.length,
                clusters.count(),
                mean(first),
                mean(second),
                mean(differences),
                Interval.middle(means),
                pValue);
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

    private static double mean(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum / numbers.length;
    }
}
