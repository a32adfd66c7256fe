package io.numclip.yardstick;

import ai.djl.ndarray.NDArray;

/**
 * The probabilities that are nearest to a vector, by least squares (Martins and Astudillo 2016, algorithm 1): p = max(z − τ, 0) with
 * the τ for which they sum to 1.
 */
public final class Sparsemax {

    private Sparsemax() {}

    /**
     * @param scores z (N, K)
     * @return p (N, K)
     */
    public static NDArray of(NDArray scores) {
        NDArray sorted = scores.neg().sort(1).neg(); // (N, K) falling
        NDArray ranks = scores.onesLike().cumSum(1); // (N, K)
        NDArray excess = sorted.cumSum(1).sub(1); // (N, K)
        NDArray support = sorted.mul(ranks).gt(excess).toType(scores.getDataType(), false); // (N, K) 1 for k up to k(z)
        NDArray count = support.sum(new int[] {1}, true); // (N, 1)
        NDArray tau = sorted.mul(support).sum(new int[] {1}, true).sub(1).div(count); // (N, 1)
        return scores.sub(tau).maximum(0);
    }
}
