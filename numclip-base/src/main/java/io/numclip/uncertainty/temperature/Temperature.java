package io.numclip.uncertainty.temperature;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Corrects probabilities that are too high or too low for the likeliest concept: p<sub>k</sub><sup>1/T</sup>,
 * normalised, which is softmax(logits / T). The order of the concepts is kept (Guo et al., ICML 2017, section 4.2).
 */
public final class Temperature {

    private static final double COLDEST = 0.05;
    private static final double HOTTEST = 20;
    private static final double RELATIVE_PRECISION = 1e-12;

    private Temperature() {}

    /**
     * The temperature with the least negative log-likelihood. It is convex in 1 / T, so the minimum is the root of its
     * slope, which is searched for between {@value #COLDEST} and {@value #HOTTEST}.
     *
     * @param probabilities (N, K) at temperature 1; not empty
     * @param bins (N) index of the bin that holds the label
     */
    public static double fit(double[][] probabilities, int[] bins) {
        if (probabilities.length == 0 || probabilities.length != bins.length) {
            throw new IllegalArgumentException("a temperature needs at least 1 image, each with a bin; found "
                    + probabilities.length + " and " + bins.length);
        }
        double low = 1 / HOTTEST;
        double high = 1 / COLDEST;
        while (high - low > RELATIVE_PRECISION * high) {
            double middle = (low + high) / 2;
            if (slope(middle, probabilities, bins) > 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return 2 / (low + high);
    }

    /**
     * {@link #fit}, if images that did not choose it are likelier with it than without: each half of the images is judged by the
     * temperature of the other.
     */
    public static double kept(double[][] probabilities, int[] bins) {
        int half = bins.length / 2;
        if (half == 0) {
            return 1;
        }
        double gained = gain(probabilities, bins, 0, half) + gain(probabilities, bins, half, bins.length);
        return gained > 0 ? fit(probabilities, bins) : 1;
    }

    /** What the images of a part gain in log-likelihood by the temperature of the others. */
    private static double gain(double[][] probabilities, int[] bins, int from, int to) {
        int[] others =
                IntStream.range(0, bins.length).filter(n -> n < from || n >= to).toArray();
        double inverse = 1
                / fit(
                        Arrays.stream(others).mapToObj(n -> probabilities[n]).toArray(double[][]::new),
                        Arrays.stream(others).map(n -> bins[n]).toArray());
        return IntStream.range(from, to)
                .mapToDouble(n -> Likelihood.log(tempered(inverse, probabilities[n])[bins[n]])
                        - Likelihood.log(probabilities[n][bins[n]]))
                .sum();
    }

    /** Tempers probabilities, (K) to (K). */
    public static double[] apply(double temperature, double[] probabilities) {
        return tempered(1 / temperature, probabilities);
    }

    /** Slope of the negative log-likelihood in 1 / T: the expected log-probability minus that of the label's bin. */
    private static double slope(double inverse, double[][] probabilities, int[] bins) {
        double slope = 0;
        for (int n = 0; n < bins.length; n++) {
            double[] tempered = tempered(inverse, probabilities[n]);
            double label = Likelihood.log(probabilities[n][bins[n]]);
            for (int k = 0; k < tempered.length; k++) {
                slope += tempered[k] * (Likelihood.log(probabilities[n][k]) - label);
            }
        }
        return slope;
    }

    private static double[] tempered(double inverse, double[] probabilities) {
        double greatest = 0;
        for (double probability : probabilities) {
            greatest = Math.max(greatest, probability);
        }
        double[] tempered = new double[probabilities.length];
        double sum = 0;
        for (int k = 0; k < tempered.length; k++) {
            double below = Likelihood.log(probabilities[k]) - Likelihood.log(greatest);
            tempered[k] = Math.exp(inverse * below);
            sum += tempered[k];
        }
        for (int k = 0; k < tempered.length; k++) {
            tempered[k] /= sum;
        }
        return tempered;
    }
}
