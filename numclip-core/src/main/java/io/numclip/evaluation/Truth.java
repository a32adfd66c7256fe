package io.numclip.evaluation;

import io.numclip.data.Bins;
import java.util.Arrays;

/** The labels of some images, and the bin that holds each. */
final class Truth {

    private final int bins;
    private final double[] labels;
    private final int[] labelBins;
    private final Ranking ranking;

    Truth(Bins bins, double[] labels) {
        this.bins = bins.size();
        this.labels = labels.clone();
        this.labelBins = Arrays.stream(labels).mapToInt(bins::indexOf).toArray();
        this.ranking = Ranking.of(this.labels);
    }

    int count() {
        return labels.length;
    }

    /** The number of bins, with or without images. */
    int bins() {
        return bins;
    }

    int bin(int image) {
        return labelBins[image];
    }

    double[] labels() {
        return labels;
    }

    int[] labelBins() {
        return labelBins;
    }

    Ranking ranking() {
        return ranking;
    }
}
