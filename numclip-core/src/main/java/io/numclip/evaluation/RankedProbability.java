package io.numclip.evaluation;

/** The ranked probability score of one image (Epstein 1969; in this form Janitza, Tutz and Boulesteix 2016). */
final class RankedProbability {

    private RankedProbability() {}

    /** Sum over bins k of (P(y &lt;= k) − [label &lt;= k])²; 0 is best, the number of bins minus 1 is worst. */
    static double score(double[] probabilities, int labelBin) {
        double score = 0;
        double cumulative = 0;
        for (int k = 0; k < probabilities.length; k++) {
            cumulative += probabilities[k];
            double off = cumulative - (k >= labelBin ? 1 : 0);
            score += off * off;
        }
        return score;
    }
}
