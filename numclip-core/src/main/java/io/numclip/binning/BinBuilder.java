package io.numclip.binning;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Builds bins from edges, words and training labels. */
final class BinBuilder {

    private BinBuilder() {}

    /**
     * @param concepts K words
     * @param edges K + 1 numbers, increasing
     */
    static Bins build(List<String> concepts, double[] edges, Anchor anchor, double[] trainingLabels) {
        double[] sorted = trainingLabels.clone();
        Arrays.sort(sorted);
        int last = concepts.size() - 1;
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            double from = i == 0 ? Double.NEGATIVE_INFINITY : edges[i];
            double to = i == last ? Double.POSITIVE_INFINITY : edges[i + 1];
            double[] members = DoubleStream.of(sorted)
                    .filter(label -> label >= from && label < to)
                    .toArray();
            double lower = edges[i];
            double upper = edges[i + 1];
            double number = anchor(anchor, lower, upper, members);
            bins.add(new Bin(concepts.get(i), lower, upper, Math.max(lower, Math.min(upper, number))));
        }
        return new Bins(bins);
    }

    /** The labels in order; labels outside the scale are moved to its nearest end. */
    static double[] sorted(double[] labels, LabelScale scale) {
        return Arrays.stream(labels).map(scale::clamp).sorted().toArray();
    }

    /**
     * @param centers K numbers, increasing
     * @return the K + 1 edges with which each label is in the bin of its nearest center
     */
    static double[] edgesBetween(double[] centers, LabelScale scale) {
        double[] edges = new double[centers.length + 1];
        edges[0] = scale.minimum();
        edges[centers.length] = scale.maximum();
        for (int k = 1; k < centers.length; k++) {
            edges[k] = centers[k - 1] + (centers[k] - centers[k - 1]) / 2;
        }
        return edges;
    }

    private static double anchor(Anchor anchor, double lower, double upper, double[] sorted) {
        if (anchor == Anchor.LEFT_EDGE) {
            return lower;
        }
        if (anchor == Anchor.MIDPOINT || sorted.length == 0) {
            return (lower + upper) / 2;
        }
        return anchor == Anchor.MEAN ? DoubleStream.of(sorted).average().orElseThrow() : median(sorted);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
