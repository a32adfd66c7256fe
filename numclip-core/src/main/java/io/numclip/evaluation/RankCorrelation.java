package io.numclip.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Correlation of orders. */
final class RankCorrelation {

    private RankCorrelation() {}

    static OptionalDouble spearman(List<Scored> scored) {
        double[] labels = ranks(scored.stream().mapToDouble(Scored::label).toArray());
        double[] values = ranks(scored.stream().mapToDouble(Scored::value).toArray());
        return pearson(labels, values);
    }

    /** Ranks from 1; equal numbers share the mean of their ranks. */
    private static double[] ranks(double[] numbers) {
        int[] order = IntStream.range(0, numbers.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> numbers[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[numbers.length];
        int start = 0;
        while (start < order.length) {
            int end = start + 1;
            while (end < order.length && numbers[order[end]] == numbers[order[start]]) {
                end++;
            }
            for (int i = start; i < end; i++) {
                ranks[order[i]] = (start + 1 + end) / 2.0;
            }
            start = end;
        }
        return ranks;
    }

    private static OptionalDouble pearson(double[] x, double[] y) {
        double meanX =
                IntStream.range(0, x.length).mapToDouble(i -> x[i]).average().orElse(0);
        double meanY =
                IntStream.range(0, y.length).mapToDouble(i -> y[i]).average().orElse(0);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        double scale = Math.sqrt(xx) * Math.sqrt(yy);
        return scale > 0 ? OptionalDouble.of(Math.max(-1, Math.min(1, xy / scale))) : OptionalDouble.empty();
    }
}
