package io.numclip.host.propose;

import io.numclip.data.NumClipException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Bins to start with: a word for every number if the numbers are few and whole, or where words are known to begin; otherwise up
 * to five bins with about the same number of images each and round edges.
 *
 * @param bins lowest first; neighbours touch
 */
record StarterBins(double minimum, double maximum, List<StarterBin> bins) {

    static final int MOST_NUMBERS = 12;

    /** How far an edge may move from its exact place to a rounder number, as a share of a bin. */
    private static final double SLACK = 0.25;

    /** Of words that are not given. */
    private static final int USUAL_WORDS = 5;

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
    static StarterBins of(Vocabulary words, double... labels) {
        double[] sorted = labels.clone();
        Arrays.sort(sorted);
        double[] distinct = DoubleStream.of(sorted).distinct().toArray();
        if (words.words().size() == distinct.length && !words.hasEdges()) {
            return perNumber(words.texts(), sorted, distinct);
        }
        boolean whole =
                distinct.length <= MOST_NUMBERS && DoubleStream.of(distinct).allMatch(StarterBins::hasWord);
        IntFunction<String> ofNumber = words.ofNumber();
        if (whole && ofNumber != null) {
            List<String> numbers = DoubleStream.of(distinct)
                    .mapToObj(number -> ofNumber.apply((int) number))
                    .toList();
            return perNumber(numbers, sorted, distinct);
        }
        if (whole && words.isPoor() && distinct.length <= Vocabulary.LONGEST_LADDER) {
            return perNumber(Vocabulary.ladder(distinct.length), sorted, distinct);
        }
        return words.hasEdges() ? byEdges(words, sorted) : byRank(words, sorted);
    }

    private static StarterBins perNumber(List<String> concepts, double[] sorted, double[] distinct) {
        double[] edges = new double[distinct.length - 1];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = distinct[i] + (distinct[i + 1] - distinct[i]) / 2;
        }
        return new StarterBins(sorted[0], sorted[sorted.length - 1], bins(concepts, edges, sorted));
    }

    /** Without words that no image has. */
    private static StarterBins byEdges(Vocabulary words, double[] sorted) {
        List<String> concepts = new ArrayList<>();
        List<Double> edges = new ArrayList<>();
        double from = Double.NEGATIVE_INFINITY;
        for (Vocabulary.Word word : words.words()) {
            double start = from;
            double end = word.below() == null ? Double.POSITIVE_INFINITY : word.below();
            if (DoubleStream.of(sorted).anyMatch(label -> label >= start && label < end)) {
                if (!concepts.isEmpty()) {
                    edges.add(from);
                }
                concepts.add(word.text());
            }
            from = end;
        }
        double[] between = edges.stream().mapToDouble(edge -> edge).toArray();
        return concepts.size() < 2
                ? byRank(words, sorted)
                : new StarterBins(lowest(sorted), highest(sorted), bins(concepts, between, sorted));
    }

    private static StarterBins byRank(Vocabulary words, double[] sorted) {
        boolean own = words.words().size() > 1 && !words.hasEdges();
        double[] edges = edges(sorted, own ? words.words().size() : USUAL_WORDS);
        if (own && edges.length + 1 < words.words().size()) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "--words: " + words.words().size() + " words, but the numbers fall into " + (edges.length + 1)
                            + " parts",
                    "give fewer words, or say where each ends, as in \"a baby<2,a child<13,an adult\"");
        }
        List<String> concepts = own ? words.texts() : Vocabulary.ladder(edges.length + 1);
        return new StarterBins(lowest(sorted), highest(sorted), bins(concepts, edges, sorted));
    }

    private static double lowest(double... sorted) {
        return NiceNumbers.below(sorted[0], sorted[sorted.length - 1]);
    }

    private static double highest(double... sorted) {
        return NiceNumbers.above(sorted[0], sorted[sorted.length - 1]);
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
