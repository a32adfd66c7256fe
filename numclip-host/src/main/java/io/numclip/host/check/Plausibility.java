package io.numclip.host.check;

import ai.djl.ndarray.NDManager;
import io.numclip.yardstick.HeldOutShares;
import io.numclip.yardstick.Shares;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How plausible the label of each image is beside other labels, by what images of other parts have. The chance of a number is that of
 * the numbers near it: of a distance d it counts exp(−d²/2h²), with h the mean error of the median. So where numbers are told apart
 * it is the chance of the label itself, and where they are not, it is about how far the label is away.
 *
 * @param error h, in the unit of the labels
 * @param likeliest (N) the most plausible number
 * @param doubts (N) 0 for that number, to 1 for a label that is not plausible beside it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Plausibility(double error, double[] likeliest, double[] doubts) {

    private static final int MOST_CLASSES = 100;

    /**
     * @param features (N, D)
     * @param labels (N)
     * @param parts (N) as {@link HeldOutShares#of} takes them
     */
    static Plausibility of(float[][] features, double[] labels, int[] parts, NDManager manager) {
        double[] edges = edges(labels);
        long[] classes = Arrays.stream(labels)
                .mapToLong(label ->
                        Arrays.stream(edges).filter(edge -> edge <= label).count() - 1)
                .toArray();
        float[] anchors = anchors(labels, classes, edges.length);
        return of(HeldOutShares.of(features, classes, anchors, parts, manager), anchors, labels);
    }

    /** (K) the first number of each class: all labels, or so many of them that each class has about as many images. */
    private static double[] edges(double... labels) {
        double[] distinct = Arrays.stream(labels).distinct().sorted().toArray();
        if (distinct.length <= MOST_CLASSES) {
            return distinct;
        }
        double[] sorted = Arrays.stream(labels).sorted().toArray();
        return IntStream.range(0, MOST_CLASSES)
                .mapToDouble(k -> sorted[(int) ((long) k * sorted.length / MOST_CLASSES)])
                .distinct()
                .toArray();
    }

    /** (K) the mean label of each class. */
    private static float[] anchors(double[] labels, long[] classes, int count) {
        float[] anchors = new float[count];
        for (int k = 0; k < count; k++) {
            int now = k;
            anchors[k] = (float) IntStream.range(0, labels.length)
                    .filter(i -> classes[i] == now)
                    .mapToDouble(i -> labels[i])
                    .average()
                    .orElseThrow();
        }
        return anchors;
    }

    /** @param shares (N, K) */
    static Plausibility of(double[][] shares, float[] anchors, double... labels) {
        double error = IntStream.range(0, labels.length)
                .mapToDouble(i -> Math.abs(anchors[Shares.median(shares[i])] - labels[i]))
                .average()
                .orElseThrow();
        double near = Math.max(error, Float.MIN_NORMAL);
        double[] likeliest = new double[labels.length];
        double[] doubts = new double[labels.length];
        IntStream.range(0, labels.length).parallel().forEach(i -> {
            double most = 0;
            for (float number : anchors) {
                double chance = chance(number, shares[i], anchors, near);
                likeliest[i] = chance > most ? number : likeliest[i];
                most = Math.max(most, chance);
            }
            doubts[i] = 1 - Math.min(1, chance(labels[i], shares[i], anchors, near) / most);
        });
        return new Plausibility(error, likeliest, doubts);
    }

    private static double chance(double number, double[] shares, float[] anchors, double near) {
        double chance = 0;
        for (int k = 0; k < anchors.length; k++) {
            double distance = (anchors[k] - number) / near;
            chance += shares[k] * Math.exp(-distance * distance / 2);
        }
        return chance;
    }
}
