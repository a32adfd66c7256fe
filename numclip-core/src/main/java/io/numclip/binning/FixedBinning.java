package io.numclip.binning;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.spi.BinningStrategy;
import io.numclip.spi.InvalidSettingException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** Bins as the user writes them: each is a word and the first number that is too high for it. */
public final class FixedBinning implements BinningStrategy {

    private final List<String> concepts;
    private final double[] edges; // (K + 1)
    private final Anchor anchor;

    private FixedBinning(List<Concept> bins, Anchor anchor, LabelScale scale) {
        concepts = bins.stream().map(Concept::concept).toList();
        edges = edges(bins, scale);
        this.anchor = anchor;
    }

    @Override
    public Bins fit(double[] trainingLabels) {
        return BinBuilder.build(concepts, edges, anchor, trainingLabels);
    }

    private static double[] edges(List<Concept> bins, LabelScale scale) {
        double[] edges = new double[bins.size() + 1];
        edges[0] = scale.minimum();
        edges[bins.size()] = scale.maximum();
        for (int i = 0; i < bins.size() - 1; i++) {
            Concept bin = bins.get(i);
            edges[i + 1] = Objects.requireNonNull(bin.below(), "below");
            if (!(edges[i + 1] > edges[i] && edges[i + 1] < scale.maximum())) {
                throw new InvalidSettingException(
                        "bins",
                        "must lie inside the scale of " + scale.minimum() + " to " + scale.maximum() + " "
                                + scale.unit() + "; found '" + bin.concept() + "' below " + bin.below());
            }
        }
        return edges;
    }

    /**
     * A number concept.
     *
     * @param concept the word
     * @param below first number of the next concept; none for the last concept, which reaches the top of the scale
     */
    public record Concept(String concept, @Nullable Double below) {
        public Concept {
            if (concept == null || concept.isBlank()) {
                throw new InvalidSettingException("concept", "must be a word; found none");
            }
            if (below != null && !Double.isFinite(below)) {
                throw new InvalidSettingException("below", "must be a finite number; found " + below);
            }
        }
    }

    /**
     * @param bins lowest first, at least two; the user must give them
     * @param anchor which number stands for a bin
     */
    public record Config(@Nullable List<Concept> bins, Anchor anchor) {
        public Config {
            Objects.requireNonNull(anchor, "anchor");
            bins = check(bins);
        }

        private static @Nullable List<Concept> check(@Nullable List<Concept> bins) {
            if (bins == null) {
                return null;
            }
            Concepts.check(bins.stream().map(Concept::concept).toList());
            for (int i = 0; i < bins.size() - 1; i++) {
                checkNeighbours(bins.get(i), bins.get(i + 1));
            }
            Concept last = bins.get(bins.size() - 1);
            if (last.below() != null) {
                throw new InvalidSettingException(
                        "bins",
                        "must end with a bin without 'below', which reaches the top of the scale; found '"
                                + last.concept() + "' below " + last.below());
            }
            return List.copyOf(bins);
        }

        private static void checkNeighbours(Concept bin, Concept next) {
            Double below = bin.below();
            if (below == null) {
                throw new InvalidSettingException(
                        "bins", "must each have 'below', except the last; found none for '" + bin.concept() + "'");
            }
            if (next.below() != null && next.below() <= below) {
                throw new InvalidSettingException(
                        "bins",
                        "must increase; found '" + bin.concept() + "' below " + below + " before '" + next.concept()
                                + "' below " + next.below());
            }
        }
    }

    /** {@code type: fixed}. */
    @Extension
    public static final class Factory implements BinningStrategy.Factory<Config> {

        @Override
        public String type() {
            return "fixed";
        }

        @Override
        public Config defaults() {
            return new Config(null, Anchor.MEAN);
        }

        @Override
        public BinningStrategy create(Config config, LabelScale scale) {
            return new FixedBinning(Concepts.require(config.bins(), type(), "bins"), config.anchor(), scale);
        }
    }
}
