package io.numclip.yardstick;

/** Shares of classes in order, whose sum is 1. */
public final class Shares {

    private static final double HALF = 0.5;

    private Shares() {}

    /** The first class at which half of all is reached; the last one if rounding keeps the sum below. */
    public static int median(double... shares) {
        return median(shares, 0, shares.length);
    }

    /** Of some of them. */
    static int median(double[] shares, int start, int classes) {
        double sum = 0;
        for (int k = 0; k < classes - 1; k++) {
            sum += shares[start + k];
            if (sum >= HALF) {
                return k;
            }
        }
        return classes - 1;
    }
}
