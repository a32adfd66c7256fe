package io.numclip.loss;

import io.numclip.spi.RankingLoss;
import org.pf4j.Extension;

/**
 * A term of the objective with soft labels: cross-entropy with beta labels (Vargas, Gutiérrez and Hervás-Martínez,
 * Pattern Recognition 2022). The concepts divide [0, 1] evenly; the labels of concept y are the shares of a beta
 * distribution over y's interval. For 3 to 13 concepts the parameters are the paper's; for other numbers of concepts
 * they follow the rule behind the paper's, unrounded: the mean is the middle of the interval, the standard deviation
 * half its width, and at the ends the density is largest at the border.
 */
public final class UnimodalBeta extends UnimodalLoss {

    private static final int FEWEST = 3;
    private static final int STEPS = 400; // of Simpson's rule per concept

    /** p and q of the first half of the concepts for K = 3 … 13; the other half is the mirror image. */
    private static final double[][][] PUBLISHED = {
        {{1, 4}, {4, 4}},
        {{1, 6}, {6, 10}},
        {{1, 8}, {6, 14}, {12, 12}},
        {{1, 10}, {7, 20}, {15, 20}},
        {{1, 12}, {7, 26}, {16, 28}, {24, 24}},
        {{1, 14}, {7, 31}, {17, 37}, {27, 35}},
        {{1, 16}, {8, 40}, {18, 47}, {30, 47}, {40, 40}},
        {{1, 18}, {8, 45}, {19, 57}, {32, 59}, {45, 55}},
        {{1, 21}, {8, 51}, {20, 68}, {34, 73}, {48, 69}, {60, 60}},
        {{1, 23}, {8, 56}, {20, 76}, {35, 85}, {51, 85}, {65, 77}},
        {{1, 25}, {8, 61}, {20, 84}, {36, 98}, {53, 100}, {70, 95}, {84, 84}},
    };

    private UnimodalBeta(Config config, int concepts) {
        super(distributions(concepts), config.eta());
    }

    /** @return row y holds the shares of all concepts for the true concept y, up to a factor per row */
    static double[][] distributions(int concepts) {
        double[][] rows = new double[concepts][concepts];
        for (int y = 0; y < (concepts + 1) / 2; y++) {
            double[] parameters = parameters(y, concepts);
            for (int k = 0; k < concepts; k++) {
                double share = share((double) k / concepts, (k + 1.0) / concepts, parameters[0], parameters[1]);
                rows[y][k] = share;
                rows[concepts - 1 - y][concepts - 1 - k] = share;
            }
        }
        return rows;
    }

    private static double[] parameters(int y, int concepts) {
        int row = concepts - FEWEST;
        if (row >= 0 && row < PUBLISHED.length) {
            return PUBLISHED[row][y];
        }
        if (y == 0) {
            return new double[] {1, 2.0 * concepts - 1};
        }
        double mean = (y + 0.5) / concepts;
        double sum = 4.0 * concepts * concepts * mean * (1 - mean) - 1;
        return new double[] {mean * sum, (1 - mean) * sum};
    }

    /** Simpson's rule over the density between two borders, up to a factor that depends on p and q alone. */
    private static double share(double from, double to, double p, double q) {
        double peak = p == 1 ? 0 : (p - 1) / (p + q - 2);
        double highest = logDensity(peak, p, q);
        double step = (to - from) / STEPS;
        double sum = 0;
        for (int i = 0; i <= STEPS; i++) {
            double times = i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2;
            sum += times * Math.exp(logDensity(from + i * step, p, q) - highest);
        }
        return sum;
    }

    private static double logDensity(double x, double p, double q) {
        return (p == 1 ? 0 : (p - 1) * Math.log(x)) + (q == 1 ? 0 : (q - 1) * Math.log1p(-x));
    }

    /** @param eta share of the beta labels; the rest is one-hot */
    public record Config(double eta) {
        public Config {
            Range.share("eta", eta);
        }
    }

    /** {@code type: unimodal-beta}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "unimodal-beta";
        }

        @Override
        public Config defaults() {
            return new Config(1);
        }

        @Override
        public String source() {
            return "Vargas et al., Pattern Recognition 2022; CE with beta soft labels, as in dlordinal";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new UnimodalBeta(config, context.bins().size());
        }
    }
}
