package io.numclip.uncertainty;

import io.numclip.data.Prediction;

/**
 * How reliable probabilities are.
 *
 * @param negativeLogLikelihood mean of −log of the probability of the label's bin; lower is better
 * @param expectedCalibrationError mean distance between the probability of the likeliest concept and how often it is
 *     right, in 15 classes of equal width (Guo et al., ICML 2017, equation 3); lower is better
 */
public record Likelihood(double negativeLogLikelihood, double expectedCalibrationError) {

    private static final int CLASSES = 15;
    private static final double LEAST = 1e-38; // just above 0 in a float

    /**
     * @param probabilities (N, K); not empty
     * @param bins (N) index of the bin that holds the label
     */
    public static Likelihood of(double[][] probabilities, int[] bins) {
        double log = 0;
        double[] surplus = new double[CLASSES];
        for (int n = 0; n < bins.length; n++) {
            log -= log(probabilities[n][bins[n]]);
            int likeliest = Prediction.indexOfLargest(probabilities[n]);
            double confidence = probabilities[n][likeliest];
            int place = Math.min(CLASSES - 1, Math.max(0, (int) Math.ceil(confidence * CLASSES) - 1));
            surplus[place] += confidence - (likeliest == bins[n] ? 1 : 0);
        }
        double error = 0;
        for (double difference : surplus) {
            error += Math.abs(difference);
        }
        return new Likelihood(log / bins.length, error / bins.length);
    }

    static double log(double probability) {
        return Math.log(Math.max(probability, LEAST));
    }
}
