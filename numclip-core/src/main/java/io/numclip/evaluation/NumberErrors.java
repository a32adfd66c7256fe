package io.numclip.evaluation;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Errors of values against labels, in the unit of the label scale. Each image is weighted by its count. */
final class NumberErrors {

    private NumberErrors() {}

    static double meanAbsolute(double[] labels, double[] values, int[] counts) {
        double sum = 0;
        long total = 0;
        for (int i = 0; i < labels.length; i++) {
            sum += counts[i] * Math.abs(values[i] - labels[i]);
            total += counts[i];
        }
        return sum / total;
    }

    static double rootMeanSquare(double[] labels, double[] values, int[] counts) {
        double sum = 0;
        long total = 0;
        for (int i = 0; i < labels.length; i++) {
            double error = values[i] - labels[i];
            sum += counts[i] * error * error;
            total += counts[i];
        }
        return Math.sqrt(sum / total);
    }

    /** Share of images with an error of at most the tolerance. */
    static double cumulativeScore(double[] labels, double[] values, double tolerance, int[] counts) {
        long within = 0;
        long total = 0;
        for (int i = 0; i < labels.length; i++) {
            within += Math.abs(values[i] - labels[i]) <= tolerance ? counts[i] : 0;
            total += counts[i];
        }
        return (double) within / total;
    }

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
