package io.numclip.evaluation;

import java.util.OptionalDouble;

/** How near the likeliest concept is to the label's own, counted in bins. Every image counts as often as it is told to. */
final class BinAgreement {

    private BinAgreement() {}

    /** Share of images whose two bins are at most so many bins apart. */
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
     * Cohen's kappa with quadratic weights (Cohen 1968): 1 less the mean squared distance over the one that the same bins
     * would have if they were dealt to the images at random. Undefined where all bins, of both sides, are one.
     */
    static OptionalDouble quadraticKappa(int[] labels, int[] likeliest, int[] counts) {
        long total = 0;
        long sumLabels = 0;
        long sumLikeliest = 0;
        long squares = 0;
        long distances = 0;
        for (int i = 0; i < labels.length; i++) {
            long label = labels[i];
            long answer = likeliest[i];
            total += counts[i];
            sumLabels += counts[i] * label;
            sumLikeliest += counts[i] * answer;
            squares += counts[i] * (label * label + answer * answer);
            distances += counts[i] * (label - answer) * (label - answer);
        }
        long byChance = total * squares - 2 * sumLabels * sumLikeliest; // times total
        return byChance == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - (double) (total * distances) / byChance);
    }
}
