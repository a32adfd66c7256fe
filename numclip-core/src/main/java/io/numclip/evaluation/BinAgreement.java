package io.numclip.evaluation;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;

/** How close the likeliest or the expected bin is to the label's own, in bins. Each image is weighted by its count. */
final class BinAgreement {

    private BinAgreement() {}

    /** Share of images whose two bins are at most {@code bins} apart. */
    static double within(int bins, int[] labels, int[] likeliest, int[] counts) {
        return mean(i -> Math.abs(likeliest[i] - labels[i]) <= bins ? 1 : 0, counts);
    }

    /** Mean distance of the likeliest bins. */
    static double distance(int[] labels, int[] likeliest, int[] counts) {
        return distance(labels, Arrays.stream(likeliest).asDoubleStream().toArray(), counts);
    }

    /** Mean distance of the expected bins. */
    static double distance(int[] labels, double[] expected, int[] counts) {
        return mean(i -> Math.abs(expected[i] - labels[i]), counts);
    }

    /** Share of images whose expected bin, rounded to even as {@code torch.round} does, is the label's. */
    static double rounded(int[] labels, double[] expected, int[] counts) {
        return mean(i -> Math.rint(expected[i]) == labels[i] ? 1 : 0, counts);
    }

    private static double mean(IntToDoubleFunction figure, int[] counts) {
        return sum(counts, figure) / total(counts);
    }

    /**
     * Cohen's kappa with quadratic weights (Cohen 1968): 1 minus the ratio of the mean squared distance to the one
     * expected if the same bins were assigned to the images at random. Undefined where all labels and predictions lie
     * in one bin.
     */
    static OptionalDouble quadraticKappa(int[] labels, int[] likeliest, int[] counts) {
        double total = total(counts);
        double label = sum(counts, i -> labels[i]) / total; // their means
        double predicted = sum(counts, i -> likeliest[i]) / total;
        double byChance = sum(counts, i -> square(labels[i] - label))
                + sum(counts, i -> square(likeliest[i] - predicted))
                + total * square(label - predicted);
        return byChance == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(1 - sum(counts, i -> square(labels[i] - likeliest[i])) / byChance);
    }

    private static double sum(int[] counts, IntToDoubleFunction number) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * number.applyAsDouble(i);
        }
        return sum;
    }

    private static double square(double number) {
        return number * number;
    }

    private static long total(int[] counts) {
        return Arrays.stream(counts).asLongStream().sum();
    }
}
