package io.numclip.evaluation;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Fisher's randomization test for paired differences: their signs are flipped in all combinations if these are few,
 * else in a random sample of them.
 */
final class SignFlipTest {

    private static final int SAMPLED = 10_000;
    private static final int MOST_ENUMERATED = 13; // 2^13 combinations are fewer than the sample
    private static final double ROUNDING = 1e-13;

    private SignFlipTest() {}

    /**
     * @param differences one for each cluster: the sum over its images and runs
     * @return two-sided; never 0, because the observed signs count as one combination
     */
    static double pValue(double[] differences, SplittableRandom random) {
        boolean all = differences.length <= MOST_ENUMERATED;
        int combinations = all ? 1 << differences.length : SAMPLED;
        double observed = Math.abs(flippedSum(differences, combination(0)));
        double threshold = observed * (1 - ROUNDING);
        int extreme = 0;
        for (int i = 0; i < combinations; i++) {
            double sum = flippedSum(differences, all ? combination(i) : random::nextLong);
            if (Math.abs(sum) >= threshold) {
                extreme++;
            }
        }
        return all ? (double) extreme / combinations : (extreme + 1.0) / (combinations + 1);
    }

    private static LongSupplier combination(long signs) {
        return () -> signs;
    }

    /** Each bit flips one sign; new bits are fetched after every 64 differences. */
    private static double flippedSum(double[] differences, LongSupplier signs) {
        double sum = 0;
        for (int start = 0; start < differences.length; start += Long.SIZE) {
            long bits = signs.getAsLong();
            int end = Math.min(start + Long.SIZE, differences.length);
            for (int i = start; i < end; i++) {
                sum += differences[i] * (1 - 2 * (bits & 1));
                bits >>>= 1;
            }
        }
        return sum;
    }
}
