package io.numclip.binning;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.spi.BinningStrategy;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Bins with counts of training labels that are as equal as ties allow: equal labels stay together, and no bin is empty.
 * An edge is half-way between the two labels that it separates.
 */
public final class QuantileBinning implements BinningStrategy {

    private final List<String> concepts;
    private final Anchor anchor;
    private final LabelScale scale;

    private QuantileBinning(List<String> concepts, Anchor anchor, LabelScale scale) {
        this.concepts = concepts;
        this.anchor = anchor;
        this.scale = scale;
    }

    @Override
    public Bins fit(double[] trainingLabels) {
        double[] sorted = BinBuilder.sorted(trainingLabels, scale);
        double[] distinct = Arrays.stream(sorted).distinct().toArray();
        Concepts.requireLabels("quantile", concepts.size(), distinct.length);
        return BinBuilder.build(concepts, edges(sorted, distinct), anchor, trainingLabels);
    }

    private double[] edges(double[] sorted, double[] distinct) {
        int count = concepts.size();
        double[] edges = new double[count + 1];
        edges[0] = scale.minimum();
        edges[count] = scale.maximum();
        int cut = 0;
        for (int i = 1; i < count; i++) {
            double target = (double) sorted.length * i / count;
            cut = nearestCut(sorted, distinct, target, cut + 1, distinct.length - count + i);
            edges[i] = distinct[cut - 1] + (distinct[cut] - distinct[cut - 1]) / 2;
        }
        return edges;
    }

    /** Which of the distinct labels {@code first} to {@code last} begins nearest to a position of the sorted labels. */
    private static int nearestCut(double[] sorted, double[] distinct, double target, int first, int last) {
        int nearest = first;
        double smallestDistance = Double.POSITIVE_INFINITY;
        for (int cut = first; cut <= last; cut++) {
            double distance = Math.abs(firstIndexOf(sorted, distinct[cut]) - target);
            if (distance < smallestDistance) {
                smallestDistance = distance;
                nearest = cut;
            }
        }
        return nearest;
    }

    private static int firstIndexOf(double[] sorted, double label) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < label) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
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

    /** {@code type: quantile}. */
    @Extension
    public static final class Factory implements BinningStrategy.Factory<Config> {

        @Override
        public String type() {
            return "quantile";
        }

        @Override
        public Config defaults() {
            return new Config(null, Anchor.MEAN);
        }

        @Override
        public BinningStrategy create(Config config, LabelScale scale) {
            return new QuantileBinning(Concepts.require(config.concepts(), type(), "concepts"), config.anchor(), scale);
        }
    }
}
