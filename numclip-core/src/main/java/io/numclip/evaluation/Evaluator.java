package io.numclip.evaluation;

import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Scores predictions against labels. */
public final class Evaluator {

    private Evaluator() {}

    /** Every image is a cluster of its own. */
    public static Evaluation evaluate(
            Bins bins,
            double[] trainingLabels,
            double[] labels,
            List<Prediction> predictions,
            EvaluationConfig config) {
        return evaluate(bins, trainingLabels, labels, predictions, Clusters.single(labels.length), config);
    }

    /**
     * @param bins the number concepts of the predictions
     * @param trainingLabels what the constant baseline is chosen on; not empty
     * @param labels the truth, one per prediction, in the same order; not empty
     * @param clusters of the images of these labels
     * @throws IllegalArgumentException if the lists do not match or a value is not finite
     */
    public static Evaluation evaluate(
            Bins bins,
            double[] trainingLabels,
            double[] labels,
            List<Prediction> predictions,
            Clusters clusters,
            EvaluationConfig config) {
        double tolerance = config.tolerance(bins);
        Scored scored = Scored.of(bins, labels, predictions, tolerance);
        ConstantBaseline constant = new ConstantBaseline(bins, trainingLabels, tolerance);
        return new Evaluation(
                labels.length,
                tolerance,
                Figures.of(byAll(scored), clusters, config),
                Figures.of(constant.scored(scored.truth()), clusters, config),
                constant.inWords());
    }

    /**
     * The constant prediction with the lowest MAE.
     *
     * @param trainingLabels what it is chosen on; not empty
     */
    public static double constant(Bins bins, double[] trainingLabels, EvaluationConfig config) {
        return new ConstantBaseline(bins, trainingLabels, config.tolerance(bins)).value(OrdinalMetric.MAE);
    }

    private static Map<OrdinalMetric, Scored> byAll(Scored scored) {
        Map<OrdinalMetric, Scored> all = new EnumMap<>(OrdinalMetric.class);
        Arrays.stream(OrdinalMetric.values()).forEach(metric -> all.put(metric, scored));
        return all;
    }
}
