package io.numclip.loss;

import io.numclip.spi.RankingLoss;
import org.pf4j.Extension;

/**
 * A term of the objective with soft labels: cross-entropy with binomial labels (Liu et al., Neurocomputing 2020). For
 * the true concept y, concept k gets the probability of k successes in K − 1 trials; the chance of success rises evenly
 * from 0.1 where y is the first concept to 0.9 where it is the last.
 */
public final class UnimodalBinomial extends UnimodalLoss {

    private static final double FIRST_CHANCE = 0.1;
    private static final double LAST_CHANCE = 0.9;

    private UnimodalBinomial(Config config, int concepts) {
        super(distributions(concepts), config.eta());
    }

    private static double[][] distributions(int concepts) {
        int trials = concepts - 1;
        double[] logFactorials = Distributions.logFactorials(trials);
        double[][] rows = new double[concepts][concepts];
        for (int y = 0; y < concepts; y++) {
            double chance = FIRST_CHANCE + (LAST_CHANCE - FIRST_CHANCE) * y / trials;
            for (int k = 0; k < concepts; k++) {
                double logWays = logFactorials[trials] - logFactorials[k] - logFactorials[trials - k];
                rows[y][k] = Math.exp(logWays + k * Math.log(chance) + (trials - k) * Math.log1p(-chance));
            }
        }
        return rows;
    }

    /** @param eta share of the binomial labels; the rest is one-hot */
    public record Config(double eta) {
        public Config {
            Range.share("eta", eta);
        }
    }

    /** {@code type: unimodal-binomial}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "unimodal-binomial";
        }

        @Override
        public Config defaults() {
            return new Config(1);
        }

        @Override
        public String source() {
            return "Liu et al., Neurocomputing 2020; CE with binomial soft labels, as in dlordinal";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new UnimodalBinomial(config, context.bins().size());
        }
    }
}
