package io.numclip.spi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Plain numbers as float32 arrays that live as long as another array, on its device. Operands must be arrays where
 * gradients flow; {@link FineHead} explains why.
 */
public final class Constants {

    private Constants() {}

    /** @return () */
    public static NDArray number(NDArray like, double value) {
        return vector(like, (float) value).reshape(new Shape()); // ()
    }

    /** @return (values) */
    public static NDArray vector(NDArray like, float... values) {
        return like.getManager().create(values).toDevice(like.getDevice(), false); // (values)
    }

    /** @return (values) */
    public static NDArray vector(NDArray like, double... values) {
        return vector(like, floats(values)); // (values)
    }

    /**
     * @param rows of equal length, at least one
     * @return (rows, columns)
     */
    public static NDArray table(NDArray like, double[][] rows) {
        double[] values = new double[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, values, i * rows[0].length, rows[0].length);
        }
        return vector(like, values).reshape(rows.length, rows[0].length); // (rows, columns)
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
