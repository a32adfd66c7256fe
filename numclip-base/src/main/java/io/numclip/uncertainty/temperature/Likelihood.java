package io.numclip.uncertainty.temperature;

/**
 * How reliable probabilities are.
 *
 * @param negativeLogLikelihood mean of −log of the probability of the label's bin; lower is better
 * @param expectedCalibrationError mean distance between the probability of the likeliest concept and how often it is
 *     right, over each {@link ConfidenceClass} (Guo et al., ICML 2017, equation 3); lower is better
 */
public record Likelihood(double negativeLogLikelihood, double expectedCalibrationError) {

    private static final double LEAST = 1e-38; // just above 0 in a float

    /**
     * @param probabilities (N, K); not empty
     * @param bins (N) index of the bin that holds the label
     */
    public static Likelihood of(double[][] probabilities, int[] bins) {
        double log = 0;
        for (int n = 0; n < bins.length; n++) {
            log -= log(probabilities[n][bins[n]]);
        }
        double error = 0;
        for (ConfidenceClass each : ConfidenceClass.of(probabilities, bins)) {
            error += each.images() * Math.abs(each.confidence() - each.right());
        }
        return new Likelihood(log / bins.length, error / bins.length);
    }

    static double log(double probability) {
        return Math.log(Math.max(probability, LEAST));
    }
}
