package io.numclip.host.propose;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Round numbers that divide labels into bins of about equal size; no bin is empty. */
final class QuantileEdges {

    /** How far an edge may move from its exact place to a rounder number, as a share of a bin. */
    private static final double SLACK = 0.25;

    private QuantileEdges() {}

    /**
     * @param sorted at least two different labels
     * @return at most {@code count − 1} edges, at least one; fewer if many labels are equal
     */
    static double[] of(double[] sorted, int count) {
        double[] edges = IntStream.range(1, count)
                .mapToDouble(i -> edge(sorted, (double) sorted.length * i / count, SLACK * sorted.length / count))
                .distinct()
                .toArray();
        return withoutEmptyBins(sorted, edges);
    }

    private static double edge(double[] sorted, double place, double slack) {
        int last = sorted.length - 1;
        double low = sorted[(int) Math.max(0, Math.floor(place - slack))];
        double high = sorted[(int) Math.min(last, Math.ceil(place + slack))];
        return low < high ? between(low, high, sorted[last]) : besideTies(sorted, low);
    }

    /** Equal labels are never separated: the edge lies above them, or below if they are the highest. */
    private static double besideTies(double[] sorted, double label) {
        double above = DoubleStream.of(sorted)
                .filter(other -> other > label)
                .findFirst()
                .orElse(label);
        if (above > label) {
            return between(label, above, sorted[sorted.length - 1]);
        }
        double below =
                DoubleStream.of(sorted).filter(other -> other < label).max().orElseThrow();
        return between(below, label, label);
    }

    /** An edge may be a label, which then starts the upper bin, but not the highest label, where the scale ends. */
    private static double between(double low, double high, double highest) {
        return NiceNumbers.between(low, high < highest ? high : low + (high - low) / 2);
    }

    private static double[] withoutEmptyBins(double[] sorted, double[] edges) {
        double[] kept = new double[edges.length];
        int count = 0;
        for (double edge : edges) {
            double before = count == 0 ? Double.NEGATIVE_INFINITY : kept[count - 1];
            if (edge > before && DoubleStream.of(sorted).anyMatch(label -> label >= before && label < edge)) {
                kept[count++] = edge;
            }
        }
        return DoubleStream.of(kept).limit(count).toArray();
    }
}
