package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.numclip.spi.Constants;

/**
 * Turns probabilities of thresholds into probabilities of concepts. With S_k the probability that the number lies in
 * concept k or above, so that S_0 = 1, concept k has p_k = S_k − S_{k+1}. Everything is computed in logarithms, so that
 * no precision is lost near 0 and 1.
 */
public final class Survival {

    /** Thresholds in the wrong order leave their concept this gap instead of a negative one. */
    public static final float LEAST_GAP = 1e-6f;

    private Survival() {}

    /**
     * @param logSurvival (N, K − 1) log P(y above concept k), falling along the row
     * @return (N, K) log-probabilities: logits of a coarse head
     */
    static NDArray logits(NDArray logSurvival) {
        NDArray certain = logSurvival
                .getManager()
                .zeros(
                        new Shape(logSurvival.getShape().get(0), 1),
                        DataType.FLOAT32,
                        logSurvival.getDevice()); // (N, 1)
        NDArray above = certain.concat(logSurvival, 1); // (N, K) log S of each concept's lower end
        NDArray least = Constants.number(logSurvival, LEAST_GAP); // ()
        NDArray gap = above.get(":, :-1").sub(logSurvival).maximum(least); // (N, K − 1)
        NDArray inside = above.get(":, :-1").add(logOneMinusExp(gap)); // (N, K − 1)
        return inside.concat(above.get(":, -1:"), 1); // (N, K)
    }

    /** log(1 − e^(−gap)) = log 2t − log(1 + t) with t = tanh(gap / 2), exact for small gaps. */
    private static NDArray logOneMinusExp(NDArray gap) {
        NDArray two = Constants.number(gap, 2); // ()
        NDArray t = gap.div(two).tanh(); // (N, K − 1)
        return t.mul(two).log().sub(t.add(1).log()); // (N, K − 1)
    }

    /** log σ(x), also where σ(x) is 0 in floating point. */
    static NDArray logSigmoid(NDArray x) {
        return Activation.softPlus(x.neg()).neg();
    }
}
