package io.numclip.loss;

import io.numclip.spi.RankingLoss;
import org.pf4j.Extension;

/**
 * A term of the objective with soft labels: cross-entropy with exponential labels (Vargas et al., Applied Soft
 * Computing 2023). For the true concept y, concept k gets softmax_k(−|k − y|^power / temperature).
 */
public final class UnimodalExponential extends UnimodalLoss {

    private UnimodalExponential(Config config, int concepts) {
        super(distributions(config, concepts), config.eta());
    }

    private static double[][] distributions(Config config, int concepts) {
        double[][] rows = new double[concepts][concepts];
        for (int y = 0; y < concepts; y++) {
            for (int k = 0; k < concepts; k++) {
                rows[y][k] = -Math.pow(Math.abs(k - y), config.power()) / config.temperature();
            }
            rows[y] = Distributions.softmax(rows[y]);
        }
        return rows;
    }

    /**
     * @param power of the distance
     * @param temperature large values give flat labels
     * @param eta share of the exponential labels; the rest is one-hot
     */
    public record Config(double power, double temperature, double eta) {
        public Config {
            Range.positive("power", power);
            Range.positive("temperature", temperature);
            Range.share("eta", eta);
        }
    }

    /** {@code type: unimodal-exponential}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "unimodal-exponential";
        }

        @Override
        public Config defaults() {
            return new Config(1, 1, 1);
        }

        @Override
        public String source() {
            return "Vargas et al., Applied Soft Computing 2023; CE with softmax_k(−|k − y|^power / temperature), as in dlordinal";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new UnimodalExponential(config, context.bins().size());
        }
    }
}
