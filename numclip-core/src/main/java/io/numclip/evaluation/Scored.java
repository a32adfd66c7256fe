package io.numclip.evaluation;

import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import java.util.Arrays;
import java.util.List;

/** Labels and predictions in columns: all that a metric looks at. */
public final class Scored {

    private final Truth truth;
    private final double tolerance;
    private final double[] values;
    private final int[] conceptBins;
    private final double[] expectedBins;
    private final double[] rankedProbabilityScores;
    private final Ranking ranking;

    private Scored(
            Truth truth,
            double tolerance,
            double[] values,
            Ranking ranking,
            int[] conceptBins,
            double[] expectedBins,
            double[] rankedProbabilityScores) {
        this.truth = truth;
        this.tolerance = tolerance;
        this.values = values;
        this.ranking = ranking;
        this.conceptBins = conceptBins;
        this.expectedBins = expectedBins;
        this.rankedProbabilityScores = rankedProbabilityScores;
    }

    /**
     * @param labels the truth, in the unit of the label scale
     * @param predictions one per label, each with one probability per bin
     * @param tolerance the largest error that the cumulative score accepts, in the unit of the label scale
     * @throws IllegalArgumentException if the lists do not match or a value is not finite
     */
    public static Scored of(Bins bins, double[] labels, List<Prediction> predictions, double tolerance) {
        if (labels.length != predictions.size()) {
            throw new IllegalArgumentException(
                    "each label needs a prediction; found " + labels.length + " and " + predictions.size());
        }
        Truth truth = new Truth(bins, labels);
        double[] values = new double[labels.length];
        int[] shown = new int[labels.length];
        double[] expected = new double[labels.length];
        double[] scores = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            double[] probabilities = probabilities(bins, predictions.get(i));
            values[i] = finite(labels[i], predictions.get(i).value());
            shown[i] = predictions.get(i).conceptIndex();
            expected[i] = expected(probabilities);
            scores[i] = rankedProbability(probabilities, truth.bin(i));
        }
        return new Scored(truth, tolerance, values, Ranking.of(values), shown, expected, scores);
    }

    /** The same prediction for every image. */
    static Scored constant(Truth truth, double tolerance, double value, int bin, double[] probabilities) {
        double[] values = new double[truth.count()];
        int[] bins = new int[truth.count()];
        double[] scores = new double[truth.count()];
        Arrays.fill(values, value);
        Arrays.fill(bins, bin);
        double[] expected = new double[truth.count()];
        Arrays.fill(expected, bin);
        Arrays.setAll(scores, i -> rankedProbability(probabilities, truth.bin(i)));
        return new Scored(truth, tolerance, values, Ranking.ofEqual(values.length), bins, expected, scores);
    }

    public int count() {
        return values.length;
    }

    Truth truth() {
        return truth;
    }

    double tolerance() {
        return tolerance;
    }

    double[] values() {
        return values;
    }

    Ranking ranking() {
        return ranking;
    }

    int[] conceptBins() {
        return conceptBins;
    }

    /** Σ_k k · P(k), bins counted from 0. */
    double[] expectedBins() {
        return expectedBins;
    }

    double[] rankedProbabilityScores() {
        return rankedProbabilityScores;
    }

    private static double[] probabilities(Bins bins, Prediction prediction) {
        double[] probabilities = prediction.probabilities();
        if (probabilities.length != bins.size()) {
            throw new IllegalArgumentException("a prediction needs one probability per bin; found "
                    + probabilities.length + " for " + bins.size() + " bins");
        }
        return probabilities;
    }

    private static double expected(double[] probabilities) {
        double sum = 0;
        for (int bin = 0; bin < probabilities.length; bin++) {
            sum += bin * probabilities[bin];
        }
        return sum;
    }

    private static double finite(double label, double value) {
        if (!Double.isFinite(label) || !Double.isFinite(value)) {
            throw new IllegalArgumentException("labels and values must be finite; found " + label + " and " + value);
        }
        return value;
    }

    /**
     * The ranked probability score (Epstein 1969; in this form Janitza, Tutz and Boulesteix 2016): the sum over bins k of
     * (P(y &lt;= k) − [label &lt;= k])²; 0 is best, the number of bins minus 1 is worst.
     */
    private static double rankedProbability(double[] probabilities, int labelBin) {
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
