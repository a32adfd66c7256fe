package io.numclip.evaluation;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Mean absolute errors of classes, in the unit of the label scale. Each image is weighted by its count. */
final class NumberErrors {

    private NumberErrors() {}

    /** Mean over the classes of their mean absolute errors; classes without images are left out. */
    static OptionalDouble averageOverClasses(double[] labels, double[] values, int[] classes, int count, int[] counts) {
        return classErrors(labels, values, classes, count, counts).average();
    }

    /** The mean absolute error of the worst class. */
    static OptionalDouble worstClass(double[] labels, double[] values, int[] classes, int count, int[] counts) {
        return classErrors(labels, values, classes, count, counts).max();
    }

    private static DoubleStream classErrors(double[] labels, double[] values, int[] classes, int count, int[] counts) {
        double[] sums = new double[count];
        long[] totals = new long[count];
        for (int i = 0; i < labels.length; i++) {
            sums[classes[i]] += counts[i] * Math.abs(values[i] - labels[i]);
            totals[classes[i]] += counts[i];
        }
        Arrays.setAll(sums, k -> sums[k] / totals[k]);
        return Arrays.stream(sums).filter(mean -> !Double.isNaN(mean));
    }
}
