package io.numclip.binning;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.spi.BinningStrategy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** Bins of equal width over the whole label scale. */
public final class UniformBinning implements BinningStrategy {

    private final List<String> concepts;
    private final double[] edges; // (K + 1)
    private final Anchor anchor;

    private UniformBinning(List<String> concepts, Anchor anchor, LabelScale scale) {
        this.concepts = concepts;
        this.anchor = anchor;
        int count = concepts.size();
        edges = new double[count + 1];
        for (int i = 0; i <= count; i++) {
            edges[i] = (scale.minimum() * (count - i) + scale.maximum() * i) / count;
        }
        edges[0] = scale.minimum();
        edges[count] = scale.maximum();
    }

    @Override
    public Bins fit(double[] trainingLabels) {
        return BinBuilder.build(concepts, edges, anchor, trainingLabels);
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

    /** {@code type: uniform}. */
    @Extension
    public static final class Factory implements BinningStrategy.Factory<Config> {

        @Override
        public String type() {
            return "uniform";
        }

        @Override
        public Config defaults() {
            return new Config(null, Anchor.MEAN);
        }

        @Override
        public BinningStrategy create(Config config, LabelScale scale) {
            return new UniformBinning(Concepts.require(config.concepts(), type(), "concepts"), config.anchor(), scale);
        }
    }
}
