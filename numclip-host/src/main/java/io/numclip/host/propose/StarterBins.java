package io.numclip.host.propose;

import io.numclip.data.NumberWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Bins to start with: a word for every number if the numbers are few and whole, otherwise up to five bins with about
 * the same number of images each and round edges.
 *
 * @param bins lowest first; neighbours touch
 * @param perNumber whether each bin is one number
 */
record StarterBins(double minimum, double maximum, List<StarterBin> bins, boolean perNumber) {

    static final int MOST_NUMBERS = 12;

    /** How far an edge may move from its exact place to a rounder number, as a share of a bin. */
    private static final double SLACK = 0.25;

    /** Words for two, three, four and five bins. */
    private static final List<List<String>> LADDERS = List.of(
            List.of("low", "high"),
            List.of("low", "medium", "high"),
            List.of("very low", "low", "high", "very high"),
            List.of("very low", "low", "medium", "high", "very high"));

    /**
     * A word and the labels that it stands for.
     *
     * @param below first number of the next bin; null for the last one
     * @param images number of images in the bin
     */
    record StarterBin(String concept, @Nullable Double below, int images) {}

    StarterBins {
        bins = List.copyOf(bins);
    }

    /** @param labels at least two different ones */
    static StarterBins of(double[] labels) {
        double[] sorted = labels.clone();
        Arrays.sort(sorted);
        double[] distinct = DoubleStream.of(sorted).distinct().toArray();
        return distinct.length <= MOST_NUMBERS && DoubleStream.of(distinct).allMatch(StarterBins::hasWord)
                ? perNumber(sorted, distinct)
                : byRank(sorted);
    }

    private static StarterBins perNumber(double[] sorted, double[] distinct) {
        boolean years = distinct[0] >= 1100 && distinct[distinct.length - 1] <= 2100;
        IntFunction<String> words = years ? NumberWords::ofYear : NumberWords::of;
        List<String> concepts = DoubleStream.of(distinct)
                .mapToObj(number -> words.apply((int) number))
                .toList();
        double[] edges = new double[distinct.length - 1];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = distinct[i] + (distinct[i + 1] - distinct[i]) / 2;
        }
        return new StarterBins(sorted[0], sorted[sorted.length - 1], bins(concepts, edges, sorted), true);
    }

    private static StarterBins byRank(double[] sorted) {
        double lowest = sorted[0];
        double highest = sorted[sorted.length - 1];
        double[] edges = edges(sorted, LADDERS.size() + 1);
        List<StarterBin> bins = bins(LADDERS.get(edges.length - 1), edges, sorted);
        return new StarterBins(NiceNumbers.below(lowest, highest), NiceNumbers.above(lowest, highest), bins, false);
    }

    private static List<StarterBin> bins(List<String> concepts, double[] edges, double[] sorted) {
        List<StarterBin> bins = new ArrayList<>();
        int before = 0;
        for (int i = 0; i < concepts.size(); i++) {
            Double below = i < edges.length ? edges[i] : null;
            int upTo = below == null
                    ? sorted.length
                    : (int) DoubleStream.of(sorted)
                            .filter(label -> label < below)
                            .count();
            bins.add(new StarterBin(concepts.get(i), below, upTo - before));
            before = upTo;
        }
        return bins;
    }

    /**
     * Round numbers that divide labels into bins of about equal size; no bin is empty.
     *
     * @param sorted at least two different labels
     * @return at most {@code count − 1} edges, at least one; fewer if many labels are equal
     */
    private static double[] edges(double[] sorted, int count) {
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

    private static boolean hasWord(double label) {
        return label == Math.rint(label) && Math.abs(label) < 1_000_000;
    }
}
