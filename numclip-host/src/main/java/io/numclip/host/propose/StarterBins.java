package io.numclip.host.propose;

import io.numclip.data.NumberWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
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
        double[] edges = QuantileEdges.of(sorted, LADDERS.size() + 1);
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

    private static boolean hasWord(double label) {
        return label == Math.rint(label) && Math.abs(label) < 1_000_000;
    }
}
