package io.numclip.training;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Random orders and choices that depend only on seed, epoch and index, so that a resumed run makes the same ones. */
public final class RandomOrder {

    private static final long ODD = 0x9E3779B97F4A7C15L;

    private RandomOrder() {}

    /** A random order of {@code 0 … count − 1}. */
    public static int[] permutation(int count, long seed, int epoch) {
        SplittableRandom random = random(seed, epoch, -1);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /**
     * As many indices as there are weights, sampled with replacement, each with a probability in proportion to its
     * weight.
     */
    static int[] weighted(double[] weights, long seed, int epoch) {
        double[] sums = weights.clone();
        Arrays.parallelPrefix(sums, Double::sum);
        SplittableRandom random = random(seed, epoch, -1);
        int[] chosen = new int[weights.length];
        for (int i = 0; i < chosen.length; i++) {
            int place = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
            chosen[i] = Math.min(chosen.length - 1, place >= 0 ? place + 1 : -place - 1);
        }
        return chosen;
    }

    /** Random numbers for one image in one epoch. */
    static SplittableRandom random(long seed, int epoch, int index) {
        long mixed = new SplittableRandom(seed ^ epoch * ODD).nextLong();
        return new SplittableRandom(mixed ^ index * ODD);
    }
}
