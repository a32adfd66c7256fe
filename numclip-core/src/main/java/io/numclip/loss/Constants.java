package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Numbers that a loss knows beforehand, as float32 arrays that live as long as the output and on its device. Operands where
 * gradients flow must be arrays; {@link io.numclip.spi.FineHead} says why.
 */
final class Constants {

    private Constants() {}

    /** @return () */
    static NDArray number(NDArray like, double value) {
        return vector(like, value).reshape(new Shape()); // ()
    }

    /** @return (values) */
    static NDArray vector(NDArray like, double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return like.getManager().create(floats).toDevice(like.getDevice(), false); // (values)
    }

    /** @param rows of equal length */
    static NDArray table(NDArray like, double[][] rows) {
        double[] values = new double[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, values, i * rows[0].length, rows[0].length);
        }
        return vector(like, values).reshape(rows.length, rows[0].length); // (rows, columns)
    }
}
