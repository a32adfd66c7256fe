package io.numclip.evaluation;

import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Scores predictions against labels, next to the constant predictions that are best on the training labels. */
public final class Evaluator {

    private final Bins bins;
    private final double tolerance;
    private final ConstantBaseline baseline;
    private final EvaluationConfig config;

    /**
     * @param bins the number concepts of the predictions
     * @param trainingLabels what the constants are chosen on; not empty
     */
    public Evaluator(Bins bins, double[] trainingLabels, EvaluationConfig config) {
        this.bins = bins;
        this.tolerance = config.tolerance(bins);
        this.baseline = new ConstantBaseline(bins, trainingLabels, tolerance);
        this.config = config;
    }

    /** Every image is a cluster of its own. */
    public Figures figures(double[] labels, List<Prediction> predictions) {
        return figures(labels, predictions, Clusters.single(labels.length));
    }

    /**
     * The figures of a model.
     *
     * @param labels the truth, one per prediction, in the same order; not empty
     * @param clusters of the images of these labels
     * @throws IllegalArgumentException if the lists do not match or a value is not finite
     */
    public Figures figures(double[] labels, List<Prediction> predictions, Clusters clusters) {
        requireImages(labels);
        Scored scored = Scored.of(bins, labels, predictions, tolerance);
        Map<OrdinalMetric, Scored> all = new EnumMap<>(OrdinalMetric.class);
        Arrays.stream(OrdinalMetric.values()).forEach(metric -> all.put(metric, scored));
        return Figures.of(all, clusters, config);
    }

    /** For each metric, the figure of the constant that is best by that metric on the training labels. */
    public Figures figuresOfConstants(double[] labels, Clusters clusters) {
        requireImages(labels);
        return Figures.of(baseline.scored(new Truth(bins, labels)), clusters, config);
    }

    /** These constants in words, such as {@code 36, the median}. */
    public Map<OrdinalMetric, String> constants() {
        return baseline.inWords();
    }

    /** The constant prediction with the lowest MAE. */
    public double constant() {
        return baseline.value(OrdinalMetric.MAE);
    }

    /** The k of the cumulative score, in the unit of the label scale. */
    public double tolerance() {
        return tolerance;
    }

    private static void requireImages(double[] labels) {
        if (labels.length == 0) {
            throw new IllegalArgumentException("an evaluation needs at least 1 image; found 0");
        }
    }
}
