package io.numclip.spi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * The true labels of a batch of N images.
 *
 * @param values (N) float32, labels in the unit of the label scale
 * @param bins (N) int64, index of the bin that holds each label
 * @param comparisons (N, N) float32, how often people said that the image of a row is more than that of a column, "equal" being half of
 *     each; zeros where nobody was asked
 */
public record Targets(NDArray values, NDArray bins, NDArray comparisons) {

    /** Of images that nobody has compared. */
    public Targets(NDArray values, NDArray bins) {
        this(values, bins, nobodyAsked(values));
    }

    private static NDArray nobodyAsked(NDArray values) {
        long count = values.size();
        NDArray one = values.getManager().zeros(new Shape(1, 1), DataType.FLOAT32, values.getDevice());
        return one.broadcast(new Shape(count, count)); // (N, N) in the memory of one
    }
}
