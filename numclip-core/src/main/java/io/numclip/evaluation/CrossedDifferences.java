package io.numclip.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Paired differences by cluster of images and by run. Both are samples: other images could have been tested, and other
 * seeds trained.
 */
final class CrossedDifferences {

    private final double[][] sums;
    private final int[][] counts;
    private final int runs;

    /**
     * @param differences one for each image and run (N)
     * @param clusters of the images of these differences (N)
     * @param run of each difference (N), {@code 0 … runs − 1}
     */
    CrossedDifferences(double[] differences, Clusters clusters, int[] run) {
        this.runs = Arrays.stream(run).max().orElse(0) + 1;
        this.sums = new double[clusters.count()][runs];
        this.counts = new int[clusters.count()][runs];
        for (int i = 0; i < differences.length; i++) {
            sums[clusters.of(i)][run[i]] += differences[i];
            counts[clusters.of(i)][run[i]]++;
        }
    }

    /** The sum over images and runs, for each cluster. */
    double[] ofClusters() {
        return Arrays.stream(sums).mapToDouble(sum -> Arrays.stream(sum).sum()).toArray();
    }

    /**
     * The mean of a pigeonhole sample (Owen 2007, The pigeonhole bootstrap, section 3): clusters are sampled with
     * replacement, and independently of them the runs; a difference counts as often as both of its sides are sampled.
     */
    double sampledMean(SplittableRandom random) {
        double sum = 0;
        long count = 0;
        while (count == 0) { // where a run lacks some images, a sample may be empty
            int[] clusterTimes = times(sums.length, random);
            int[] runTimes = times(runs, random);
            sum = 0;
            for (int cluster = 0; cluster < sums.length; cluster++) {
                for (int run = 0; run < runs; run++) {
                    int times = clusterTimes[cluster] * runTimes[run];
                    sum += times * sums[cluster][run];
                    count += (long) times * counts[cluster][run];
                }
            }
        }
        return sum / count;
    }

    private static int[] times(int count, SplittableRandom random) {
        int[] times = new int[count];
        for (int i = 0; i < count; i++) {
            times[random.nextInt(count)]++;
        }
        return times;
    }
}
