package io.numclip.loss;

import io.numclip.spi.InvalidSettingException;
import io.numclip.spi.RankingLoss;
import org.pf4j.Extension;

/**
 * A term of the objective with soft labels: cross-entropy with triangular labels (Vargas et al., Information Fusion
 * 2023). The concepts divide [0, 1] evenly; the labels of concept y are the shares of a triangle over its interval that
 * gives alpha to each neighbour. At the ends the triangle has its peak at the border, and its tail follows from alpha.
 */
public final class UnimodalTriangular extends UnimodalLoss {

    private UnimodalTriangular(Config config, int concepts) {
        super(distributions(config.alpha(), concepts), config.eta());
    }

    private static double[][] distributions(double alpha, int concepts) {
        double[][] rows = new double[concepts][concepts];
        for (int y = 0; y < concepts; y++) {
            Triangle triangle = Triangle.over(y, concepts, alpha);
            for (int k = 0; k < concepts; k++) {
                rows[y][k] = triangle.upTo((k + 1.0) / concepts) - triangle.upTo((double) k / concepts);
            }
        }
        return rows;
    }

    /** A triangle that rises from left to the peak and falls to right. */
    private record Triangle(double left, double peak, double right) {

        static Triangle over(int y, int concepts, double alpha) {
            double root = Math.sqrt(2 * alpha);
            double inner = (1 - 2 * alpha) * (2 * alpha - root); // not positive
            if (y == 0) {
                return new Triangle(0, 0, 1 / (concepts * (1 - tail(inner))));
            }
            if (y == concepts - 1) {
                double share = (concepts - 1.0) / concepts;
                return new Triangle(1 - 1 / (concepts * (1 - tail(share * share * inner))), 1, 1);
            }
            double width = 2 * concepts * (1 - 2 * alpha);
            double middle = 2 * (y + 1) - 4 * (y + 1) * alpha + 2 * alpha;
            double left = (middle - 2 - root) / width;
            double right = (middle + root) / width;
            return new Triangle(left, (left + right) / 2, right);
        }

        /** Square root of the share of the first or last triangle that lies outside its interval. */
        private static double tail(double inner) {
            return (Math.sqrt(1 - 4 * inner) - 1) / 2;
        }

        /** @return share of the triangle left of x */
        double upTo(double x) {
            if (x <= left) {
                return 0;
            }
            if (x >= right) {
                return 1;
            }
            return x < peak
                    ? (x - left) * (x - left) / ((right - left) * (peak - left))
                    : 1 - (right - x) * (right - x) / ((right - left) * (right - peak));
        }
    }

    /**
     * @param alpha share of each neighbour, below 0.5; the paper's alpha2
     * @param eta share of the triangular labels; the rest is one-hot
     */
    public record Config(double alpha, double eta) {
        public Config {
            if (!(alpha > 0 && alpha < 0.5)) {
                throw new InvalidSettingException("alpha", "must be above 0 and below 0.5; found " + alpha);
            }
            Range.share("eta", eta);
        }
    }

    /** {@code type: unimodal-triangular}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "unimodal-triangular";
        }

        @Override
        public Config defaults() {
            return new Config(0.05, 1);
        }

        @Override
        public String source() {
            return "Vargas et al., Information Fusion 2023; CE with triangular soft labels, as in dlordinal";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new UnimodalTriangular(config, context.bins().size());
        }
    }
}
