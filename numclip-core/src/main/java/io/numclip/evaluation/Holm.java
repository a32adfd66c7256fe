package io.numclip.evaluation;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Corrects the p values of several tests that are read together: the probability of one false alarm among all of them
 * stays below the level (Holm 1979, A simple sequentially rejective multiple test procedure).
 */
public final class Holm {

    private Holm() {}

    /**
     * @param pValues of all tests of a table
     * @return the corrected p values, in the order given: the k-th smallest is at least {@code (m − k + 1) · p}, at least
     *     the one before, and at most 1
     */
    public static double[] corrected(double[] pValues) {
        double[] corrected = new double[pValues.length];
        double largest = 0;
        int left = pValues.length;
        int[] order = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(i -> i)
                .toArray();
        for (int i : order) {
            largest = Math.max(largest, Math.min(1, left * pValues[i]));
            corrected[i] = largest;
            left--;
        }
        return corrected;
    }
}
