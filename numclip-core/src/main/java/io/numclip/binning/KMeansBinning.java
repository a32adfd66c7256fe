package io.numclip.binning;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.spi.BinningStrategy;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Bins whose labels lie as near as possible to their mean: the partition with the least sum of squared distances, which is
 * k-means in one dimension and the "natural breaks" of Jenks (1967). An edge lies half-way between two means.
 */
public final class KMeansBinning implements BinningStrategy {

    private final List<String> concepts;
    private final Anchor anchor;
    private final LabelScale scale;

    private KMeansBinning(List<String> concepts, Anchor anchor, LabelScale scale) {
        this.concepts = concepts;
        this.anchor = anchor;
        this.scale = scale;
    }

    @Override
    public Bins fit(double[] trainingLabels) {
        double[] sorted = Arrays.stream(trainingLabels)
                .map(label -> Math.max(scale.minimum(), Math.min(scale.maximum(), label)))
                .sorted()
                .toArray();
        NaturalBreaks breaks = new NaturalBreaks(sorted);
        if (breaks.distinct() < concepts.size()) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    "training labels — k-means binning with " + concepts.size() + " concepts needs as many different "
                            + "labels, found " + breaks.distinct(),
                    "Write fewer concepts, add training images, or use the binning fixed or uniform.");
        }
        return BinBuilder.build(concepts, edges(breaks.means(concepts.size())), anchor, trainingLabels);
    }

    private double[] edges(double[] means) {
        double[] edges = new double[means.length + 1];
        edges[0] = scale.minimum();
        edges[means.length] = scale.maximum();
        for (int k = 1; k < means.length; k++) {
            edges[k] = means[k - 1] + (means[k] - means[k - 1]) / 2;
        }
        return edges;
    }

    /**
     * @param concepts the words, lowest first, at least two; the user must give them
     * @param anchor which number stands for a bin
     */
    public record Config(@Nullable List<String> concepts, Anchor anchor) {
        public Config {
            Objects.requireNonNull(anchor, "anchor");
            concepts = Concepts.check(concepts);
        }
    }

    /** {@code type: k-means}. */
    @Extension
    public static final class Factory implements BinningStrategy.Factory<Config> {

        @Override
        public String type() {
            return "k-means";
        }

        @Override
        public Config defaults() {
            return new Config(null, Anchor.MEAN);
        }

        @Override
        public String source() {
            return "natural breaks: Fisher 1958, Jenks 1967; 1-D k-means by dynamic programming: Wang and Song 2011";
        }

        @Override
        public BinningStrategy create(Config config, LabelScale scale) {
            return new KMeansBinning(Concepts.require(config.concepts(), type(), "concepts"), config.anchor(), scale);
        }
    }
}
