package io.numclip.binning;

import java.util.Arrays;

/**
 * The partition of sorted numbers into groups of neighbours with the least sum of squared distances to the groups'
 * means, computed exactly by dynamic programming over the distinct numbers. The best last cut never moves left as
 * numbers are added, so each row of the table is filled by bisection in O(n log n) (Wang and Song, "Ckmeans.1d.dp", The
 * R Journal 2011, and its sequel).
 */
final class NaturalBreaks {

    private final double[] values; // n distinct numbers, increasing, minus the mean of all
    private final double center;
    private final double[] weights; // (n + 1) count of all numbers before
    private final double[] sums; // (n + 1) sum of all numbers before
    private final double[] squares; // (n + 1) sum of their squares

    /** @param sorted at least one number */
    NaturalBreaks(double[] sorted) {
        center = Arrays.stream(sorted).average().orElseThrow();
        values = Arrays.stream(sorted).distinct().map(value -> value - center).toArray();
        weights = new double[values.length + 1];
        sums = new double[values.length + 1];
        squares = new double[values.length + 1];
        int read = 0;
        for (int i = 0; i < values.length; i++) {
            int first = read;
            while (read < sorted.length && sorted[read] - center == values[i]) {
                read++;
            }
            int count = read - first;
            weights[i + 1] = weights[i] + count;
            sums[i + 1] = sums[i] + count * values[i];
            squares[i + 1] = squares[i] + count * values[i] * values[i];
        }
    }

    /** n, the count of distinct numbers. */
    int distinct() {
        return values.length;
    }

    /** @param groups at most {@link #distinct()} */
    double[] means(int groups) {
        int[] cuts = cuts(groups);
        double[] means = new double[groups];
        for (int k = 0; k < groups; k++) {
            means[k] = center + (sums[cuts[k + 1]] - sums[cuts[k]]) / (weights[cuts[k + 1]] - weights[cuts[k]]);
        }
        return means;
    }

    /** (groups + 1): group k has the distinct numbers from cut k to before cut k + 1. */
    private int[] cuts(int groups) {
        int[][] lastCuts = new int[groups][values.length + 1];
        double[] costs = new double[values.length + 1]; // of the first j numbers in the groups so far
        for (int j = 1; j <= values.length; j++) {
            costs[j] = cost(0, j);
        }
        for (int k = 1; k < groups; k++) {
            Row row = new Row(costs, k, lastCuts[k]);
            row.fill(k + 1, values.length, k, values.length - 1);
            costs = row.costs;
        }
        int[] cuts = new int[groups + 1];
        cuts[groups] = values.length;
        for (int k = groups - 1; k > 0; k--) {
            cuts[k] = lastCuts[k][cuts[k + 1]];
        }
        return cuts;
    }

    /** The next row of the table: the first numbers in one more group. */
    private final class Row {

        private final double[] before; // costs with one group fewer
        private final int groups; // before the last one
        private final int[] cuts; // where the last group begins
        private final double[] costs = new double[values.length + 1];

        private Row(double[] before, int groups, int[] cuts) {
            this.before = before;
            this.groups = groups;
            this.cuts = cuts;
        }

        /** Fills the row for the first {@code from} to {@code to} numbers, whose last cuts are within the bounds. */
        private void fill(int from, int to, int lowest, int highest) {
            if (from > to) {
                return;
            }
            int middle = (from + to) >>> 1;
            double best = Double.POSITIVE_INFINITY;
            for (int cut = Math.max(lowest, groups); cut <= Math.min(highest, middle - 1); cut++) {
                double cost = before[cut] + cost(cut, middle);
                if (cost < best) {
                    best = cost;
                    cuts[middle] = cut;
                }
            }
            costs[middle] = best;
            fill(from, middle - 1, lowest, cuts[middle]);
            fill(middle + 1, to, cuts[middle], highest);
        }
    }

    /** Sum of squared distances of the numbers from {@code first} to before {@code end} to their mean. */
    private double cost(int first, int end) {
        double sum = sums[end] - sums[first];
        return Math.max(0, squares[end] - squares[first] - sum * sum / (weights[end] - weights[first]));
    }
}
