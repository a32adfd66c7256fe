package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;

/** How far each concept is from the true one, in bins. */
final class BinDistance {

    private BinDistance() {}

    /**
     * @param bins (N) index of the true bin
     * @param logits (N, K) gives K, the device and the manager
     * @return (N, K) |true bin − concept|, float32
     */
    static NDArray of(NDArray bins, NDArray logits) {
        float count = (float) logits.getShape().get(1);
        NDArray concepts = logits.getManager().arange(0, count, 1, DataType.FLOAT32, logits.getDevice()); // (K)
        return bins.toType(DataType.FLOAT32, false).reshape(-1, 1).sub(concepts).abs(); // (N, K)
    }

    /** @return same shape: {@code factor} times each distance over the sum along the axis; 0 where all are 0 */
    static NDArray share(NDArray distance, int axis, double factor) {
        NDArray sum = distance.sum(new int[] {axis}, true).maximum(1); // (N, 1) or (1, K)
        return distance.mul(NDArrays.div((float) factor, sum)); // (N, K)
    }
}
