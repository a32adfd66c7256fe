package io.numclip.evaluation;

import java.util.OptionalDouble;

/** How close the likeliest concept is to the label's own, in bins. Each image is weighted by its count. */
final class BinAgreement {

    private BinAgreement() {}

    /** Share of images whose two bins are at most {@code bins} apart. */
    static double within(int bins, int[] labels, int[] likeliest, int[] counts) {
        long within = 0;
        long total = 0;
        for (int i = 0; i < labels.length; i++) {
            within += Math.abs(likeliest[i] - labels[i]) <= bins ? counts[i] : 0;
            total += counts[i];
        }
        return (double) within / total;
    }

    /**
     * Cohen's kappa with quadratic weights (Cohen 1968): 1 minus the ratio of the mean squared distance to the one
     * expected if the same bins were assigned to the images at random. Undefined where all labels and predictions lie
     * in one bin.
     */
    static OptionalDouble quadraticKappa(int[] labels, int[] likeliest, int[] counts) {
        long total = 0;
        long sumLabels = 0;
        long sumLikeliest = 0;
        long squares = 0;
        long distances = 0;
        for (int i = 0; i < labels.length; i++) {
            long label = labels[i];
            long predicted = likeliest[i];
            total += counts[i];
            sumLabels += counts[i] * label;
            sumLikeliest += counts[i] * predicted;
            squares += counts[i] * (label * label + predicted * predicted);
            distances += counts[i] * (label - predicted) * (label - predicted);
        }
        long byChance = total * squares - 2 * sumLabels * sumLikeliest; // times total
        return byChance == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - (double) (total * distances) / byChance);
    }
}
