package io.numclip.uncertainty.evidence;

import io.numclip.data.Bins;
import java.util.Arrays;

/**
 * What the nearest training images say of an image that lies farther from them than any image of the calibration.
 *
 * @param own the share of the network in what is known of the image, above 0, below 1; the rest is that of the training images
 * @param shares (K) of the nearest training images in each class; they sum to 1
 * @param numbers (K) the mean label of those in the class; 0 where there are none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Nearby(double own, double[] shares, double[] numbers) {

    /**
     * @param weights (S) of the training images; not all 0
     * @param labels (S)
     * @param classes the K classes
     */
    public static Nearby of(double own, double[] weights, float[] labels, Bins classes) {
        double[] shares = new double[classes.size()];
        double[] numbers = new double[classes.size()];
        double sum = Arrays.stream(weights).sum();
        for (int s = 0; s < weights.length; s++) {
            int k = classes.indexOf(labels[s]);
            shares[k] += weights[s] / sum;
            numbers[k] += weights[s] / sum * labels[s];
        }
        for (int k = 0; k < shares.length; k++) {
            numbers[k] = shares[k] > 0 ? numbers[k] / shares[k] : 0;
        }
        return new Nearby(own, shares, numbers);
    }

    /**
     * Weights of both.
     *
     * @param weights (K) of the network
     * @return (K)
     */
    public double[] mixed(double[] weights) {
        double[] mixed = new double[weights.length];
        Arrays.setAll(mixed, k -> own * weights[k] + (1 - own) * shares[k]);
        return mixed;
    }
}
