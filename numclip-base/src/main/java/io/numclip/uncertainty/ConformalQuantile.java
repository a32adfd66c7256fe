package io.numclip.uncertainty;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The score that a new image does not exceed with a given probability, if it comes from the same distribution as the
 * images with known scores: the ⌈(n + 1) · coverage⌉-th smallest of n (Papadopoulos et al. 2002; Lei et al., JASA 2018,
 * algorithm 2).
 */
public final class ConformalQuantile {

    public static final double ROUNDING = 1e-9; // (9 + 1) · 0.9 must be 9 in floating point, too

    private ConformalQuantile() {}

    /** @throws IllegalArgumentException if there are fewer scores than {@link #fewest} */
    public static double of(double[] scores, double coverage) {
        if (scores.length < fewest(coverage)) {
            throw new IllegalArgumentException("a coverage of " + coverage + " needs at least " + fewest(coverage)
                    + " calibration images; found " + scores.length);
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return sorted[rank(sorted.length, coverage) - 1];
    }

    /** As {@link #of}; infinite where there are too few scores, which keeps the promise. */
    static double orInfinity(double[] scores, double coverage) {
        return scores.length < fewest(coverage) ? Double.POSITIVE_INFINITY : of(scores, coverage);
    }

    /**
     * The score that an image of a new group does not exceed, where every group counts once however many images it has (Lee,
     * Barber and Willett, "Distribution-free inference with hierarchical data", 2023, section 3); the same as {@link #of}
     * where each image is a group of its own. Infinite where there are too few groups.
     *
     * @param groups (N) the group of each score
     */
    static double ofGroups(double[] scores, List<String> groups, double coverage) {
        Map<String, Integer> sizes = new HashMap<>();
        groups.forEach(group -> sizes.merge(group, 1, Integer::sum));
        if (sizes.size() < fewest(coverage)) {
            return Double.POSITIVE_INFINITY;
        }
        int[] ascending = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(n -> scores[n]))
                .mapToInt(Integer::intValue)
                .toArray();
        double needed = (sizes.size() + 1) * coverage - ROUNDING;
        double weight = 0;
        for (int n : ascending) {
            weight += 1.0 / sizes.getOrDefault(groups.get(n), 1);
            if (weight >= needed) {
                return scores[n];
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** How many scores a coverage needs: n with (n + 1) · coverage ≤ n, which is n ≥ 1 / (1 − coverage) − 1. */
    public static int fewest(double coverage) {
        checkCoverage(coverage);
        return (int) Math.ceil(coverage / (1 - coverage) - ROUNDING);
    }

    private static int rank(int count, double coverage) {
        return (int) Math.ceil((count + 1) * coverage - ROUNDING);
    }

    static void checkCoverage(double coverage) {
        if (!(coverage >= 0.5 && coverage < 1)) {
            throw new IllegalArgumentException("coverage must be at least 0.5 and below 1; found " + coverage);
        }
    }
}
