package io.numclip.prompt;

import io.numclip.data.Bins;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.NumberPrompt;
import io.numclip.spi.InvalidSettingException;
import io.numclip.spi.NumberPrompts;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.pf4j.Extension;

/**
 * Concepts that are in order by construction: only a few base ranks have their own embeddings, at equal distances from
 * the first bin to the last; the embedding of every bin is interpolated between them (OrdinalCLIP, Li et al., NeurIPS
 * 2022, section 3.2; weights as in its published code). A base rank starts as the word of the nearest bin. Intended for
 * one bin per number, as in the binning {@code integer}.
 */
public final class RankInterpolationPrompts implements NumberPrompts {

    private final String context;
    private final int baseRanks;
    private final Interpolation interpolation;

    private RankInterpolationPrompts(Config config) {
        context = config.context();
        baseRanks = config.baseRanks();
        interpolation = config.interpolation();
    }

    @Override
    public List<NumberPrompt> promptsFor(Bins bins) {
        return DoubleStream.of(positions(bins.size()))
                .mapToObj(position -> bins.get((int) Math.round(position)).concept())
                .map(word -> NumberPrompt.of(context, word))
                .toList();
    }

    @Override
    public double[][] interpolation(Bins bins) {
        double[] positions = positions(bins.size());
        return IntStream.range(0, bins.size())
                .mapToObj(rank -> weights(rank, positions, bins.size()))
                .toArray(double[][]::new);
    }

    /** Positions of the base ranks between 0 and K − 1; a single one is in the middle. */
    private double[] positions(int ranks) {
        if (baseRanks > ranks) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "prompts (rank-interpolation): baseRanks is " + baseRanks + ", but there are only " + ranks
                            + " bins",
                    "Choose fewer baseRanks, or a binning with more bins.");
        }
        if (baseRanks == 1) {
            return new double[] {(ranks - 1) / 2.0};
        }
        return IntStream.range(0, baseRanks)
                .mapToDouble(base -> base * (ranks - 1.0) / (baseRanks - 1))
                .toArray();
    }

    private double[] weights(int rank, double[] positions, int ranks) {
        double[] distances = DoubleStream.of(positions)
                .map(position -> Math.abs(rank - position))
                .toArray();
        double nearest = Arrays.stream(distances).min().orElseThrow();
        double[] weights = DoubleStream.of(distances)
                .map(distance -> interpolation.weight(distance, nearest, ranks))
                .toArray();
        double sum = DoubleStream.of(weights).sum();
        return DoubleStream.of(weights).map(weight -> weight / sum).toArray();
    }

    /** How the weight of a base rank falls with its distance d; the weights of a bin are then divided by their sum. */
    public enum Interpolation {
        /** 1 − d / (K − 1). */
        LINEAR {
            @Override
            double weight(double distance, double nearest, int ranks) {
                return 1 - distance / (ranks - 1);
            }
        },
        /** 1 / d. */
        INVERSE_PROPORTION {
            @Override
            double weight(double distance, double nearest, int ranks) {
                return 1 / (distance + 1e-5);
            }
        },
        /** exp(−d²), scaled to 1 for the nearest base rank, so that the weights do not all become 0. */
        NORMAL {
            @Override
            double weight(double distance, double nearest, int ranks) {
                return Math.exp(nearest * nearest - distance * distance);
            }
        };

        abstract double weight(double distance, double nearest, int ranks);
    }

    /**
     * @param context the words before the concept, or around it with {@code {}} in its place; may be empty
     * @param baseRanks number of embeddings that are trained, at most one per bin
     * @param interpolation how a base rank's weight falls with the distance
     */
    public record Config(String context, int baseRanks, Interpolation interpolation) {
        public Config {
            context = context.strip();
            NumberPrompt.of(context, "");
            if (baseRanks < 1) {
                throw new InvalidSettingException("baseRanks", "must be at least 1; found " + baseRanks);
            }
            Objects.requireNonNull(interpolation, "interpolation");
        }
    }

    /** {@code type: rank-interpolation}. */
    @Extension
    public static final class Factory implements NumberPrompts.Factory<Config> {

        @Override
        public String type() {
            return "rank-interpolation";
        }

        @Override
        public Config defaults() {
            return new Config("", 3, Interpolation.LINEAR);
        }

        @Override
        public String source() {
            return "OrdinalCLIP: Li et al. 2022, arXiv:2206.02338, section 3.2";
        }

        @Override
        public NumberPrompts create(Config config) {
            return new RankInterpolationPrompts(config);
        }
    }
}
