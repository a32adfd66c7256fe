package io.numclip.yardstick;

/** Vectors in plain Java. */
final class Vectors {

    private static final double LEAST = 1e-9;

    private Vectors() {}

    /** aᵀb. */
    static double product(double[] a, double... b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** |a − b|². */
    static double squaredDistance(double[] a, double... b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    /** The mean |a − b|² of all pairs of some rows. */
    static double meanSquaredDistance(double[][] rows, int[] chosen) {
        double sum = 0;
        for (int a : chosen) {
            for (int b : chosen) {
                sum += squaredDistance(rows[a], rows[b]);
            }
        }
        double pairs = Math.max(1, (double) chosen.length * (chosen.length - 1));
        return Math.max(sum / pairs, LEAST);
    }
}
