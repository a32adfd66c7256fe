package io.numclip.binning;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.spi.BinningStrategy;
import io.numclip.spi.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Bins by concept: the user gives for each word its most typical number, as in {@code {concept: child, at: 6}}, and a
 * label belongs to the concept whose number is nearest. Edges are half-way between the numbers of neighbours.
 */
public final class ConceptBinning implements BinningStrategy {

    private final List<Concept> concepts;
    private final double[] edges; // (K + 1)
    private final Representative anchor;

    private ConceptBinning(List<Concept> concepts, Representative anchor, LabelScale scale) {
        this.concepts = concepts;
        this.anchor = anchor;
        for (Concept concept : List.of(concepts.get(0), concepts.get(concepts.size() - 1))) {
            if (concept.at() < scale.minimum() || concept.at() > scale.maximum()) {
                throw new InvalidSettingException(
                        "concepts",
                        "must lie inside the scale of " + scale.minimum() + " to " + scale.maximum() + " "
                                + scale.unit() + "; found '" + concept.concept() + "' at " + concept.at());
            }
        }
        edges = BinBuilder.edgesBetween(
                concepts.stream().mapToDouble(Concept::at).toArray(), scale);
    }

    @Override
    public Bins fit(double[] trainingLabels) {
        if (anchor != Representative.AT) {
            List<String> words = concepts.stream().map(Concept::concept).toList();
            return BinBuilder.build(words, edges, Anchor.valueOf(anchor.name()), trainingLabels);
        }
        List<Bin> bins = new ArrayList<>();
        for (int k = 0; k < concepts.size(); k++) {
            Concept concept = concepts.get(k);
            bins.add(new Bin(concept.concept(), edges[k], edges[k + 1], concept.at()));
        }
        return new Bins(bins);
    }

    /** The anchors of all binnings, and the number that the user gave. */
    public enum Representative {
        /** The most typical number of the concept. */
        AT,
        /** {@link Anchor#MEAN}. */
        MEAN,
        /** {@link Anchor#MEDIAN}. */
        MEDIAN,
        /** {@link Anchor#MIDPOINT}. */
        MIDPOINT,
        /** {@link Anchor#LEFT_EDGE}. */
        LEFT_EDGE
    }

    /**
     * A number concept.
     *
     * @param concept the word
     * @param at its most typical number, in the unit of the label scale
     */
    public record Concept(String concept, double at) {
        public Concept {
            if (concept == null || concept.isBlank()) {
                throw new InvalidSettingException("concept", "must be a word; found none");
            }
            if (!Double.isFinite(at)) {
                throw new InvalidSettingException("at", "must be a finite number; found " + at);
            }
        }
    }

    /**
     * @param concepts lowest first, at least two; the user must give them
     * @param anchor which number stands for a bin
     */
    public record Config(@Nullable List<Concept> concepts, Representative anchor) {
        public Config {
            Objects.requireNonNull(anchor, "anchor");
            concepts = check(concepts);
        }

        private static @Nullable List<Concept> check(@Nullable List<Concept> concepts) {
            if (concepts == null) {
                return null;
            }
            Concepts.check(concepts.stream().map(Concept::concept).toList());
            for (int k = 1; k < concepts.size(); k++) {
                Concept before = concepts.get(k - 1);
                Concept concept = concepts.get(k);
                if (concept.at() <= before.at()) {
                    throw new InvalidSettingException(
                            "concepts",
                            "must increase; found '" + before.concept() + "' at " + before.at() + " before '"
                                    + concept.concept() + "' at " + concept.at());
                }
            }
            return List.copyOf(concepts);
        }
    }

    /** {@code type: concepts}. */
    @Extension
    public static final class Factory implements BinningStrategy.Factory<Config> {

        @Override
        public String type() {
            return "concepts";
        }

        @Override
        public Config defaults() {
            return new Config(null, Representative.AT);
        }

        @Override
        public BinningStrategy create(Config config, LabelScale scale) {
            return new ConceptBinning(Concepts.require(config.concepts(), type(), "concepts"), config.anchor(), scale);
        }
    }
}
