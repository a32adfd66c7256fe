package io.numclip.uncertainty;

/** How far the likely concepts of an image are spread over the scale. */
public final class Spread {

    private Spread() {}

    /**
     * Standard deviation of the anchors under the probabilities, in the unit of the label scale.
     *
     * @param anchors (K)
     * @param probabilities (K)
     */
    public static double of(double[] anchors, double[] probabilities) {
        double mean = 0;
        for (int k = 0; k < anchors.length; k++) {
            mean += probabilities[k] * anchors[k];
        }
        double variance = 0;
        for (int k = 0; k < anchors.length; k++) {
            variance += probabilities[k] * (anchors[k] - mean) * (anchors[k] - mean);
        }
        return Math.sqrt(variance);
    }
}
