package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import io.numclip.spi.Constants;

/** The K − 1 yes-or-no questions behind K concepts: is the number above concept k, for k = 0 … K − 2? */
final class Thresholds {

    private static final int CONCEPT_AXIS = 2;

    private Thresholds() {}

    /** @return (N, K − 1) log Σ_{j > k} exp z_j */
    static NDArray logAbove(NDArray logits) {
        return logSum(logits, true); // (N, K − 1)
    }

    /** @return (N, K − 1) log Σ_{j ≤ k} exp z_j */
    static NDArray logUpTo(NDArray logits) {
        return logSum(logits, false); // (N, K − 1)
    }

    /** @return (N, K − 1) 1 where the true concept is above k, else 0 */
    static NDArray isAbove(NDArray bins, NDArray logits) {
        return trueConcept(bins).gt(places(logits)).toType(DataType.FLOAT32, false); // (N, K − 1)
    }

    /** @return (N, K − 1) 1 where the true concept is k or above, else 0 */
    static NDArray isReached(NDArray bins, NDArray logits) {
        return trueConcept(bins).gte(places(logits)).toType(DataType.FLOAT32, false); // (N, K − 1)
    }

    /**
     * @param odds log odds of "yes"
     * @param truth 1 for "yes", 0 for "no"; of the same shape
     * @return cross-entropy of each question
     */
    static NDArray crossEntropy(NDArray odds, NDArray truth) {
        NDArray sign = truth.mul(-2).add(1); // −1 for "yes", 1 for "no"
        return Activation.softPlus(odds.mul(sign));
    }

    private static NDArray logSum(NDArray logits, boolean above) {
        int concepts = Math.toIntExact(logits.getShape().get(1));
        NDArray mask = Constants.table(logits, mask(concepts, above)).expandDims(0); // (1, K − 1, K)
        NDArray terms = logits.expandDims(1).add(mask); // (N, K − 1, K), −∞ where a concept is left out
        NDArray largest = terms.max(new int[] {CONCEPT_AXIS}, true).stopGradient(); // (N, K − 1, 1)
        NDArray sum = terms.sub(largest).exp().sum(new int[] {CONCEPT_AXIS}); // (N, K − 1), at least 1
        return sum.log().add(largest.squeeze(CONCEPT_AXIS)); // (N, K − 1)
    }

    private static double[][] mask(int concepts, boolean above) {
        double[][] mask = new double[concepts - 1][concepts];
        for (int k = 0; k < mask.length; k++) {
            for (int j = 0; j < concepts; j++) {
                mask[k][j] = j > k == above ? 0 : Double.NEGATIVE_INFINITY;
            }
        }
        return mask;
    }

    private static NDArray trueConcept(NDArray bins) {
        return bins.toType(DataType.FLOAT32, false).reshape(-1, 1); // (N, 1)
    }

    private static NDArray places(NDArray logits) {
        float count = logits.getShape().get(1) - 1f;
        return logits.getManager().arange(0, count, 1, DataType.FLOAT32, logits.getDevice()); // (K − 1)
    }
}
