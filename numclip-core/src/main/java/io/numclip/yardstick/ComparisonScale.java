package io.numclip.yardstick;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where images lie on a scale of which is only known which of two images is more. A Gaussian process f with the covariance k(a, b) =
 * exp(−γ·|a − b|²/d), d being the mean squared distance (Chu and Ghahramani, ICML 2005), and the chances of Bradley and Terry (1952): a is
 * more than b with 1 / (1 + exp(−(f(a) − f(b)) / s)); "equal" is half of each. It is taken at its most likely f; γ and s have the
 * largest evidence in Laplace's approximation (Rasmussen and Williams 2006, 3.4). Of more than {@value #MOST_BASES} images, that many span
 * the process (ibid. 8.3.1).
 */
public final class ComparisonScale {

    private static final int MOST_BASES = 300;
    private static final int MOST_FOR_CHOICE = 1000;
    private static final double[] GAMMAS = {0.25, 0.5, 1, 2};
    private static final double[] WIDTHS = {0.1, 0.2, 0.4, 0.8, 1.6, 3.2};

    private final Bases bases;
    private final double[] weights; // (r)
    private final double width;
    private final double evidence;

    private ComparisonScale(Bases bases, double width, BradleyTerry fitted) {
        this.bases = bases;
        this.width = width;
        this.weights = fitted.weights();
        this.evidence = fitted.evidence();
    }

    /**
     * @param features (N, D)
     * @param compared at least one, of images by their places
     */
    public static ComparisonScale fit(double[][] features, List<Compared> compared) {
        int[] known = compared.stream()
                .flatMapToInt(pair -> IntStream.of(pair.image(), pair.other()))
                .distinct()
                .sorted()
                .toArray();
        int[] anchors = spread(known, MOST_BASES);
        double distance = Vectors.meanSquaredDistance(features, anchors);
        List<Compared> some = IntStream.of(
                        spread(IntStream.range(0, compared.size()).toArray(), MOST_FOR_CHOICE))
                .mapToObj(compared::get)
                .toList();
        ComparisonScale best = null;
        for (double gamma : GAMMAS) {
            Bases bases = new Bases(features, anchors, gamma / distance);
            for (double width : WIDTHS) {
                ComparisonScale tried = fit(bases, some, width);
                best = best == null || tried.evidence > best.evidence ? tried : best;
            }
        }
        if (best == null) {
            throw new IllegalStateException("there is something to choose from");
        }
        return some.size() == compared.size() ? best : fit(best.bases, compared, best.width);
    }

    /** With what {@link #fit(double[][], List)} chooses. */
    static ComparisonScale fit(Bases bases, List<Compared> compared, double width) {
        return new ComparisonScale(bases, width, BradleyTerry.fit(bases::of, bases.count(), compared, width));
    }

    /** Where an image lies; around 0, with a standard deviation of 1 before anything was said. */
    public double at(int image) {
        return Vectors.product(weights, bases.of(image));
    }

    /** s: of two images that are so far apart, 73 of 100 answers name the one that is more. */
    public double width() {
        return width;
    }

    double evidence() {
        return evidence;
    }

    /** So many at even distances, or all. */
    private static int[] spread(int[] all, int most) {
        return all.length <= most
                ? all
                : IntStream.range(0, most)
                        .map(i -> all[(int) ((long) i * all.length / most)])
                        .toArray();
    }

    /** L⁻¹·k(A, x) of an image x for anchors A with k(A, A) = LLᵀ: the process is their product with standard normal weights. */
    static final class Bases {

        private static final double JITTER = 1e-9;

        private final double[][] features; // (N, D)
        private final int[] anchors; // (r)
        private final double gamma;
        private final double[][] root; // (r, r)
        private final double[][] known; // (N), each (r), or null

        Bases(double[][] features, int[] anchors, double gamma) {
            this.features = features;
            this.anchors = anchors;
            this.gamma = gamma;
            known = new double[features.length][];
            double[][] covariance = new double[anchors.length][anchors.length];
            for (int i = 0; i < anchors.length; i++) {
                covariance[i] = kernel(anchors[i]);
                covariance[i][i] += JITTER;
            }
            root = Cholesky.lower(covariance);
        }

        private double[] kernel(int image) {
            return IntStream.of(anchors)
                    .mapToDouble(
                            anchor -> Math.exp(-gamma * Vectors.squaredDistance(features[image], features[anchor])))
                    .toArray();
        }

        int count() {
            return anchors.length;
        }

        double[] of(int image) {
            double[] bases = known[image];
            if (bases == null) {
                bases = Cholesky.forward(root, kernel(image));
                known[image] = bases;
            }
            return bases;
        }
    }
}
