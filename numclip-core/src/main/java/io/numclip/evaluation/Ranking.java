package io.numclip.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The order of some numbers, computed once and used by every resample. */
final class Ranking {

    private final int[] order;
    private final int[] ranks;
    private final int distinct;

    private Ranking(int[] order, int[] ranks, int distinct) {
        this.order = order;
        this.ranks = ranks;
        this.distinct = distinct;
    }

    static Ranking of(double[] numbers) {
        int[] order = IntStream.range(0, numbers.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> numbers[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] ranks = new int[numbers.length];
        int distinct = 0;
        for (int i = 0; i < order.length; i++) {
            if (i == 0 || numbers[order[i]] != numbers[order[i - 1]]) {
                distinct++;
            }
            ranks[order[i]] = distinct - 1;
        }
        return new Ranking(order, ranks, distinct);
    }

    static Ranking ofEqual(int count) {
        return new Ranking(IntStream.range(0, count).toArray(), new int[count], Math.min(1, count));
    }

    /** Indices from the smallest number to the largest. */
    int[] order() {
        return order;
    }

    /** The rank of each number among the distinct ones, from 0; equal numbers share a rank. */
    int[] ranks() {
        return ranks;
    }

    /** How many distinct numbers there are. */
    int distinct() {
        return distinct;
    }

    /** How many times each distinct number is counted. */
    long[] totals(int[] counts) {
        long[] totals = new long[distinct];
        for (int i = 0; i < ranks.length; i++) {
            totals[ranks[i]] += counts[i];
        }
        return totals;
    }

    /** Ranks from 1 where each number counts as often as given; equal numbers share the mean of their ranks. */
    double[] sharedRanks(int[] counts) {
        long[] totals = totals(counts);
        double[] shared = new double[distinct];
        long before = 0;
        for (int rank = 0; rank < distinct; rank++) {
            shared[rank] = before + (totals[rank] + 1) / 2.0;
            before += totals[rank];
        }
        double[] all = new double[ranks.length];
        Arrays.setAll(all, i -> shared[ranks[i]]);
        return all;
    }
}
