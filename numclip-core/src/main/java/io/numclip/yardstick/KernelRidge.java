package io.numclip.yardstick;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A kernel ridge regression of all classes, with the γ and λ that leave the smallest error where each image is left out of its own
 * prediction: p₋ᵢ = yᵢ − wᵢ/(C⁻¹)ᵢᵢ with C = K + λI and w = C⁻¹(Y − p̄).
 *
 * @param weights (n, K) w
 * @param shares (K) p̄
 * @param error MAE of the median class by leaving one out, in the unit of the anchors
 */
public record KernelRidge(double gamma, double lambda, NDArray weights, NDArray shares, double error) {

    private static final double[] GAMMAS = {0.5, 1, 2, 4};
    private static final double[] LAMBDAS = {1e-3, 1e-2, 1e-1, 1};

    /**
     * @param distances (n, n) float64, squared, with a mean of 1; its manager holds the solution
     * @param classes (n) int64
     * @param anchors (K) the number that each class stands for
     */
    public static KernelRidge fit(NDArray distances, NDArray classes, float... anchors) {
        NDArray truth = classes.oneHot(anchors.length).toType(DataType.FLOAT64, false); // (n, K)
        KernelRidge best = null;
        for (double gamma : GAMMAS) {
            for (double lambda : LAMBDAS) {
                best = better(best, solved(distances, truth, gamma, lambda, anchors));
            }
        }
        return Objects.requireNonNull(best);
    }

    /** Frees the other one. */
    private static KernelRidge better(@Nullable KernelRidge earlier, KernelRidge later) {
        if (earlier == null) {
            return later;
        }
        boolean isBetter = later.error < earlier.error;
        KernelRidge worse = isBetter ? earlier : later;
        new NDList(worse.weights, worse.shares).close();
        return isBetter ? later : earlier;
    }

    /** The solution for one choice; as {@link #fit} takes them, with the truth (n, K) float64, 1 for the class of an image. */
    public static KernelRidge solved(NDArray distances, NDArray truth, double gamma, double lambda, float... anchors) {
        try (NDManager scope = distances.getManager().newSubManager()) {
            NDArray own = distances.duplicate();
            NDArray seen = truth.duplicate();
            new NDList(own, seen).attach(scope);
            long count = own.getShape().get(0);
            NDArray kernel = own.muli(-gamma).exp(); // (n, n)
            NDArray inverse = kernel.add(scope.eye((int) count)
                            .toType(DataType.FLOAT64, false)
                            .muli(lambda))
                    .inverse(); // (n, n)
            NDArray shares = seen.mean(new int[] {0}, true); // (1, K)
            NDArray weights = inverse.matMul(seen.sub(shares)); // (n, K)
            NDArray leftOut = seen.sub(weights.div(inverse.diagonal().reshape(count, 1))); // (n, K)
            double error = error(Sparsemax.of(leftOut).toDoubleArray(), seen.toDoubleArray(), anchors);
            NDArray mean = shares.reshape(-1);
            new NDList(weights, mean).attach(distances.getManager());
            return new KernelRidge(gamma, lambda, weights, mean, error);
        }
    }

    /** @param shares (n · K) */
    private static double error(double[] shares, double[] truth, float... anchors) {
        int classes = anchors.length;
        double sum = 0;
        for (int start = 0; start < shares.length; start += classes) {
            sum += Math.abs(
                    anchors[Shares.median(shares, start, classes)] - anchors[Shares.median(truth, start, classes)]);
        }
        return sum / (shares.length / (double) classes);
    }
}
