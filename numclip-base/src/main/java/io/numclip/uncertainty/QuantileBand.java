package io.numclip.uncertainty;

import io.numclip.data.LabeledPredictions;

/**
 * Conformalised quantile regression (Romano, Patterson and Candès, "Conformalized Quantile Regression", NeurIPS 2019,
 * algorithm 1): two linear quantile regressions of label − value on the probabilities of the concepts and their
 * {@link Spread}, moved outwards or inwards until they hold the promise. The regressions are fitted on the images that
 * shape the scores. Training images would not do: their errors are smaller, so the band would be too narrow where the
 * network remembers, and the correction, one number for all images, could not mend that.
 *
 * @param lower regression at half of 1 − coverage
 * @param upper regression at the same distance from 1
 * @param correction added at both ends; negative where the regressions are too wide
 */
public record QuantileBand(QuantileRegression lower, QuantileRegression upper, double correction) {

    /** @throws IllegalArgumentException if a regression is missing, as in a damaged file */
    public QuantileBand {
        if (lower == null || upper == null) {
            throw new IllegalArgumentException("a band between quantiles lacks one of them");
        }
    }

    /**
     * @param anchors (K)
     * @param shapingProbabilities (m, K) tempered
     * @param probabilities (n, K) tempered, of the calibration images
     */
    static QuantileBand fit(
            double[] anchors,
            LabeledPredictions shaping,
            double[][] shapingProbabilities,
            LabeledPredictions calibrating,
            double[][] probabilities,
            double coverage) {
        double[][] inputs = Difficulty.inputs(anchors, shapingProbabilities);
        double[] residuals = residuals(shaping);
        double tail = (1 - coverage) / 2;
        QuantileBand raw = new QuantileBand(
                QuantileRegression.fit(inputs, residuals, tail),
                QuantileRegression.fit(inputs, residuals, 1 - tail),
                0);
        double[] scores = residuals(calibrating);
        for (int n = 0; n < scores.length; n++) {
            double[] ends = raw.around(0, anchors, probabilities[n]);
            scores[n] = Math.max(ends[0] - scores[n], scores[n] - ends[1]);
        }
        return new QuantileBand(raw.lower, raw.upper, ConformalQuantile.of(scores, coverage));
    }

    /** Lower and upper end; the middle of both, where the correction has left nothing. */
    double[] around(double value, double[] anchors, double[] probabilities) {
        double[] inputs = Difficulty.inputs(anchors, probabilities);
        double low = lower.of(inputs);
        double high = upper.of(inputs);
        double middle = (low + high) / 2;
        double half = Math.max(0, Math.abs(high - low) / 2 + correction);
        return new double[] {value + middle - half, value + middle + half};
    }

    private static double[] residuals(LabeledPredictions predictions) {
        double[] residuals = predictions.labels();
        double[] values = predictions.values();
        for (int n = 0; n < residuals.length; n++) {
            residuals[n] -= values[n];
        }
        return residuals;
    }
}
