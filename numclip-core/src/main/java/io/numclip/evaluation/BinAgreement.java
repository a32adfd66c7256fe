package io.numclip.evaluation;

import java.util.OptionalDouble;

/** How close the likeliest bin is to the label's own. Each image is weighted by its count. */
final class BinAgreement {

    private BinAgreement() {}

    /**
     * Cohen's kappa with quadratic weights (Cohen 1968): 1 minus the ratio of the mean squared distance to the one
     * expected if the same bins were assigned to the images at random. Undefined where all labels and predictions lie
     * in one bin.
     */
    static OptionalDouble quadraticKappa(int[] labels, int[] likeliest, int[] counts) {
        double label = Means.of(labels, counts);
        double predicted = Means.of(likeliest, counts);
        double total = 0;
        double distances = 0;
        double byChance = 0;
        for (int i = 0; i < counts.length; i++) {
            total += counts[i];
            distances += counts[i] * square(labels[i] - likeliest[i]);
            byChance += counts[i] * (square(labels[i] - label) + square(likeliest[i] - predicted));
        }
        byChance += total * square(label - predicted);
        return byChance == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - distances / byChance);
    }

    private static double square(double number) {
        return number * number;
    }
}
