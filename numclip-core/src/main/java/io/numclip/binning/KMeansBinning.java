package io.numclip.binning;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.spi.BinningStrategy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Bins whose labels are as near as possible to their mean: the partition with the least sum of squared distances, which
 * is k-means in one dimension and the "natural breaks" of Jenks (1967). An edge is half-way between two means.
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
        double[] sorted = BinBuilder.sorted(trainingLabels, scale);
        NaturalBreaks breaks = new NaturalBreaks(sorted);
        Concepts.requireLabels("k-means", concepts.size(), breaks.distinct());
        return BinBuilder.build(
                concepts, BinBuilder.edgesBetween(breaks.means(concepts.size()), scale), anchor, trainingLabels);
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
