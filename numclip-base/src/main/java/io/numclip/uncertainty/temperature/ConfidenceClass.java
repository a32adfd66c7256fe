package io.numclip.uncertainty.temperature;

import io.numclip.data.Prediction;
import java.util.ArrayList;
import java.util.List;

/**
 * Images whose likeliest concept has about the same probability, and how often that concept is right.
 *
 * @param low end of the class, exclusive
 * @param high end of the class, inclusive
 * @param images at least 1
 * @param confidence mean probability of the likeliest concept
 * @param right share of the images whose likeliest concept holds the label
 */
public record ConfidenceClass(double low, double high, int images, double confidence, double right) {

    private static final int CLASSES = 15; // Guo et al., ICML 2017

    /**
     * Classes of equal width; those without images are left out.
     *
     * @param probabilities (N, K)
     * @param bins (N) index of the bin that holds the label
     */
    public static List<ConfidenceClass> of(double[][] probabilities, int[] bins) {
        int[] images = new int[CLASSES];
        int[] right = new int[CLASSES];
        double[] confidence = new double[CLASSES];
        for (int n = 0; n < bins.length; n++) {
            int likeliest = Prediction.indexOfLargest(probabilities[n]);
            double probability = probabilities[n][likeliest];
            int place = Math.min(CLASSES - 1, Math.max(0, (int) Math.ceil(probability * CLASSES) - 1));
            images[place]++;
            right[place] += likeliest == bins[n] ? 1 : 0;
            confidence[place] += probability;
        }
        List<ConfidenceClass> classes = new ArrayList<>();
        for (int i = 0; i < CLASSES; i++) {
            if (images[i] > 0) {
                classes.add(new ConfidenceClass(
                        (double) i / CLASSES,
                        (i + 1.0) / CLASSES,
                        images[i],
                        confidence[i] / images[i],
                        (double) right[i] / images[i]));
            }
        }
        return classes;
    }
}
