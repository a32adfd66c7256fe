package io.numclip.evaluation;

import java.util.OptionalDouble;

/** Correlations of two columns; undefined where either is constant. Each row is weighted by its count. */
final class Correlation {

    /** A spread below this share of the mean is rounding error. */
    private static final double ROUNDING = 1e-13;

    private Correlation() {}

    static OptionalDouble pearson(double[] x, double[] y, int[] counts) {
        double meanX = Means.of(x, counts);
        double meanY = Means.of(y, counts);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            double offX = x[i] - meanX;
            double offY = y[i] - meanY;
            xy += counts[i] * offX * offY;
            xx += counts[i] * offX * offX;
            yy += counts[i] * offY * offY;
        }
        if (isConstant(xx, meanX, x.length) || isConstant(yy, meanY, y.length)) {
            return OptionalDouble.empty();
        }
        return within(xy / (Math.sqrt(xx) * Math.sqrt(yy)));
    }

    /** Pearson's correlation of the ranks; ties share their mean rank. */
    static OptionalDouble spearman(Ranking x, Ranking y, int[] counts) {
        return pearson(x.sharedRanks(counts), y.sharedRanks(counts), counts);
    }

    /**
     * Kendall's tau-b: concordant minus discordant pairs, divided by the geometric mean of the numbers of pairs not
     * tied in x and not tied in y. Images are added in the order of x, and a tree over the ranks of y counts those
     * below: n log n.
     */
    static OptionalDouble kendall(Ranking x, Ranking y, int[] counts) {
        if (y.distinct() > x.distinct()) {
            return kendall(y, x, counts); // symmetric; the tree is smaller with fewer distinct numbers
        }
        double untiedX = untiedPairs(x, counts);
        double untiedY = untiedPairs(y, counts);
        if (untiedX == 0 || untiedY == 0) {
            return OptionalDouble.empty();
        }
        return within(surplus(x, y, counts) / (Math.sqrt(untiedX) * Math.sqrt(untiedY)));
    }

    private static double untiedPairs(Ranking ranking, int[] counts) {
        long all = 0;
        double tied = 0;
        for (long total : ranking.totals(counts)) {
            all += total;
            tied += total * (total - 1.0) / 2;
        }
        return all * (all - 1.0) / 2 - tied;
    }

    /** Concordant minus discordant pairs. */
    private static double surplus(Ranking x, Ranking y, int[] counts) {
        int[] order = x.order();
        CountTree earlier = new CountTree(y.distinct());
        double surplus = 0;
        int start = 0;
        while (start < order.length) {
            int end = start;
            while (end < order.length && x.ranks()[order[end]] == x.ranks()[order[start]]) {
                int image = order[end++];
                if (counts[image] > 0) {
                    surplus += counts[image] * (double) earlier.surplusBelow(y.ranks()[image]);
                }
            }
            for (int i = start; i < end; i++) {
                earlier.add(y.ranks()[order[i]], counts[order[i]]);
            }
            start = end;
        }
        return surplus;
    }

    private static boolean isConstant(double squares, double mean, int count) {
        return Math.sqrt(squares / count) <= ROUNDING * Math.abs(mean);
    }

    private static OptionalDouble within(double correlation) {
        return OptionalDouble.of(Math.max(-1, Math.min(1, correlation)));
    }
}
