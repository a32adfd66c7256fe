package io.numclip.evaluation;

/** Counts the entries at or below a rank; adding and querying take logarithmic time (Fenwick 1994). */
final class CountTree {

    private final long[] sums;
    private long total;

    CountTree(int ranks) {
        sums = new long[ranks + 1];
    }

    void add(int rank, int count) {
        if (count == 0) {
            return;
        }
        total += count;
        for (int i = rank + 1; i < sums.length; i += i & -i) {
            sums[i] += count;
        }
    }

    /** Entries below a rank, minus those above it. */
    long surplusBelow(int rank) {
        return upTo(rank - 1) - (total - upTo(rank));
    }

    private long upTo(int rank) {
        long sum = 0;
        for (int i = rank + 1; i > 0; i -= i & -i) {
            sum += sums[i];
        }
        return sum;
    }
}
