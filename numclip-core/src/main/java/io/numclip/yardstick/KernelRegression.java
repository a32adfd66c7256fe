package io.numclip.yardstick;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Kernel ridge regression of numbers on features, with k(a, b) = exp(−γ·|a − b|²/d) and d the mean squared distance of the images
 * that are known: f(x) = ȳ + k(x, X)·C⁻¹·(y − ȳ) with C = K + λI. γ and λ leave the smallest error by leaving one out, yᵢ − wᵢ/(C⁻¹)ᵢᵢ
 * with w = C⁻¹(y − ȳ) (Rifkin and Lippert 2007). As a Gaussian process it has the covariance k(a, b) − k(a, X)·C⁻¹·k(X, b).
 */
public final class KernelRegression {

    private static final double[] GAMMAS = {0.25, 0.5, 1, 2};
    private static final double[] LAMBDAS = {1e-2, 1e-1, 1};
    private static final double USUAL_GAMMA = 0.5;
    private static final double USUAL_LAMBDA = 0.1;
    private static final int ENOUGH = 5;
    private static final int MOST_FOR_CHOICE = 200;

    private final double[][] features; // (N, D)
    private final int[] known; // (n)
    private final double distance; // d
    private final double gamma;
    private final double lambda;
    private final double mean;
    private final double[][] root; // (n, n) lower L of C = LLᵀ
    private final double[] weights; // (n) w

    /** With a γ and a λ that are known. */
    KernelRegression(double[][] features, int[] known, double[] numbers, double distance, double gamma, double lambda) {
        this.features = features;
        this.known = known;
        this.distance = distance;
        this.gamma = gamma;
        this.lambda = lambda;
        mean = Arrays.stream(numbers).average().orElse(0);
        root = Cholesky.lower(covariance());
        weights = Cholesky.backward(
                root,
                Cholesky.forward(root, Arrays.stream(numbers).map(y -> y - mean).toArray()));
    }

    /**
     * @param features (N, D)
     * @param known (n) which of them have a number
     * @param numbers (n)
     */
    public static KernelRegression fit(double[][] features, int[] known, double... numbers) {
        double distance = meanDistance(features, known);
        if (known.length < ENOUGH) {
            return new KernelRegression(features, known, numbers, distance, USUAL_GAMMA, USUAL_LAMBDA);
        }
        int[] some = Arrays.copyOf(known, Math.min(known.length, MOST_FOR_CHOICE));
        KernelRegression best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double gamma : GAMMAS) {
            for (double lambda : LAMBDAS) {
                KernelRegression tried = new KernelRegression(
                        features, some, Arrays.copyOf(numbers, some.length), distance, gamma, lambda);
                double error =
                        Arrays.stream(tried.leftOut()).map(Math::abs).average().orElseThrow();
                if (error < least) {
                    least = error;
                    best = tried;
                }
            }
        }
        return chosen(best, features, known, distance, numbers);
    }

    /** Of features in float32. */
    public static KernelRegression fit(float[][] features, int[] known, double... numbers) {
        double[][] wide = Arrays.stream(features)
                .map(row ->
                        IntStream.range(0, row.length).mapToDouble(k -> row[k]).toArray())
                .toArray(double[][]::new);
        return fit(wide, known, numbers);
    }

    private static KernelRegression chosen(
            @Nullable KernelRegression best, double[][] features, int[] known, double distance, double... numbers) {
        double gamma = best == null ? USUAL_GAMMA : best.gamma;
        double lambda = best == null ? USUAL_LAMBDA : best.lambda;
        return best != null && best.known.length == known.length
                ? best
                : new KernelRegression(features, known, numbers, distance, gamma, lambda);
    }

    private static double meanDistance(double[][] features, int... known) {
        int[] rows = known.length > 1
                ? known
                : IntStream.range(0, Math.min(features.length, MOST_FOR_CHOICE)).toArray();
        return Vectors.meanSquaredDistance(features, rows);
    }

    /** k(a, b) of two images, by their places. */
    public double kernel(int a, int b) {
        return Math.exp(-gamma * Vectors.squaredDistance(features[a], features[b]) / distance);
    }

    public double lambda() {
        return lambda;
    }

    private double[][] covariance() {
        double[][] all = new double[known.length][known.length];
        for (int i = 0; i < known.length; i++) {
            for (int j = 0; j <= i; j++) {
                all[i][j] = kernel(known[i], known[j]);
            }
            all[i][i] += lambda;
        }
        return all;
    }

    /** The prediction for an image. */
    public double at(int image) {
        double sum = mean;
        for (int i = 0; i < known.length; i++) {
            sum += weights[i] * kernel(image, known[i]);
        }
        return sum;
    }

    /** L⁻¹·k(X, x), whose products are what the known images take from a covariance. */
    public double[] explained(int image) {
        return Cholesky.forward(
                root,
                Arrays.stream(known).mapToDouble(each -> kernel(image, each)).toArray());
    }

    /** How far each known number is above the prediction of the others (n). */
    public double[] leftOut() {
        double[] errors = new double[known.length];
        for (int i = 0; i < known.length; i++) {
            double[] unit = new double[known.length];
            unit[i] = 1;
            double own =
                    Arrays.stream(Cholesky.forward(root, unit)).map(x -> x * x).sum(); // (C⁻¹)ᵢᵢ
            errors[i] = weights[i] / own;
        }
        return errors;
    }
}
