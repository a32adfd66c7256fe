package io.numclip.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.assertj.core.api.AbstractAssert;

/** Assertions on tensors: {@code assertThat(array).hasShape(2, 3).isFinite().isCloseTo(expected, 1e-5)}. */
public final class NDArrayAssert extends AbstractAssert<NDArrayAssert, NDArray> {

    /** Thirty-two roundings of float32, each half of 2⁻²³. */
    private static final double ROUNDING = 16 * Math.scalb(1.0, -23);

    private NDArrayAssert(NDArray actual) {
        super(actual, NDArrayAssert.class);
    }

    public static NDArrayAssert assertThat(NDArray actual) {
        return new NDArrayAssert(actual);
    }

    public NDArrayAssert hasShape(long... dimensions) {
        isNotNull();
        Shape expected = new Shape(dimensions);
        if (!actual.getShape().equals(expected)) {
            throw failure("expected shape %s, found %s", expected, actual.getShape());
        }
        return this;
    }

    public NDArrayAssert isFinite() {
        double[] values = values(actual);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw failure(
                        "expected only finite numbers, found %s at flat index %d of %s",
                        values[i], i, actual.getShape());
            }
        }
        return this;
    }

    public NDArrayAssert isNotAllZero() {
        for (double value : values(actual)) {
            if (value != 0) {
                return this;
            }
        }
        throw failure("expected a number other than 0 in an array of shape %s", actual.getShape());
    }

    /** Each element within {@code tolerance} of the expected one, absolutely. */
    public NDArrayAssert isCloseTo(NDArray expected, double tolerance) {
        return isCloseTo(expected, tolerance, 0);
    }

    /**
     * Each element within {@code tolerance} of its own size, and not of the largest one's: for gradients, whose size
     * differs from case to case. An element that is a sum of larger terms has their rounding errors, so the largest
     * |expected|, which stands for those terms, adds 32 roundings of float32 (1.9e-6 of it) to every tolerance.
     */
    public NDArrayAssert isRelativelyCloseTo(NDArray expected, double tolerance) {
        return isCloseTo(expected, 0, tolerance);
    }

    private NDArrayAssert isCloseTo(NDArray expected, double absolute, double relative) {
        hasShape(expected.getShape().getShape());
        double[] found = values(actual);
        double[] wanted = values(expected);
        double largest = 0;
        for (double value : wanted) {
            largest = Math.max(largest, Math.abs(value));
        }
        double rounding = relative > 0 ? ROUNDING * largest : 0;
        for (int i = 0; i < found.length; i++) {
            double tolerance = absolute + relative * Math.abs(wanted[i]) + rounding;
            if (!(Math.abs(found[i] - wanted[i]) <= tolerance)) {
                throw failure(
                        "expected %s within %s, found %s at flat index %d of %s",
                        wanted[i], tolerance, found[i], i, actual.getShape());
            }
        }
        return this;
    }

    private static double[] values(NDArray array) {
        try (NDArray doubles = array.toType(DataType.FLOAT64, true)) {
            return doubles.toDoubleArray();
        }
    }
}
