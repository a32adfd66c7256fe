package io.numclip.loss;

import io.numclip.spi.RankingLoss;
import org.pf4j.Extension;

/**
 * A term of the objective with soft labels: cross-entropy with Poisson labels (Liu et al., Neurocomputing 2020). For
 * the true concept y, concept k gets the softmax of the probability of k events where y + 1 are expected. The softmax
 * makes these labels flat.
 */
public final class UnimodalPoisson extends UnimodalLoss {

    private UnimodalPoisson(Config config, int concepts) {
        super(distributions(concepts), config.eta());
    }

    private static double[][] distributions(int concepts) {
        double[] logFactorials = Distributions.logFactorials(concepts);
        double[][] rows = new double[concepts][concepts];
        for (int y = 0; y < concepts; y++) {
            double expected = y + 1;
            for (int k = 0; k < concepts; k++) {
                rows[y][k] = Math.exp(k * Math.log(expected) - expected - logFactorials[k]);
            }
            rows[y] = Distributions.softmax(rows[y]);
        }
        return rows;
    }

    /** @param eta share of the Poisson labels; the rest is one-hot */
    public record Config(double eta) {
        public Config {
            Range.share("eta", eta);
        }
    }

    /** {@code type: unimodal-poisson}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "unimodal-poisson";
        }

        @Override
        public Config defaults() {
            return new Config(1);
        }

        @Override
        public String source() {
            return "Liu et al., Neurocomputing 2020; CE with Poisson soft labels, as in dlordinal";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new UnimodalPoisson(config, context.bins().size());
        }
    }
}
