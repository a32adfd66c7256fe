package io.numclip.evaluation;

import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Scores predictions against labels. */
public final class Evaluator {

    private Evaluator() {}

    /**
     * @param bins the number concepts that the predictions speak of
     * @param trainingLabels where the constant baseline learns; not empty
     * @param labels the truth, one per prediction, in the same order; not empty
     * @throws IllegalArgumentException if the lists do not fit each other or a value is not finite
     */
    public static Evaluation evaluate(
            Bins bins, double[] trainingLabels, double[] labels, List<Prediction> predictions) {
        List<Scored> scored = score(bins, labels, predictions);
        Map<OrdinalMetric, Double> model = new EnumMap<>(OrdinalMetric.class);
        for (OrdinalMetric metric : OrdinalMetric.values()) {
            metric.of(scored).ifPresent(figure -> model.put(metric, figure));
        }
        Map<OrdinalMetric, Double> constant = new ConstantBaseline(bins, trainingLabels).evaluate(labels);
        return new Evaluation(labels.length, model, constant);
    }

    private static List<Scored> score(Bins bins, double[] labels, List<Prediction> predictions) {
        if (labels.length != predictions.size()) {
            throw new IllegalArgumentException(
                    "each label needs a prediction; found " + labels.length + " and " + predictions.size());
        }
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            scored.add(score(bins, labels[i], predictions.get(i)));
        }
        return scored;
    }

    private static Scored score(Bins bins, double label, Prediction prediction) {
        if (!Double.isFinite(label) || !Double.isFinite(prediction.value())) {
            throw new IllegalArgumentException(
                    "labels and values must be finite; found " + label + " and " + prediction.value());
        }
        if (prediction.concepts().size() != bins.size()) {
            throw new IllegalArgumentException("a prediction needs one probability per bin; found "
                    + prediction.concepts().size() + " for " + bins.size() + " bins");
        }
        return new Scored(label, prediction.value(), bins.indexOf(label), likeliest(prediction.concepts()));
    }

    private static int likeliest(List<Prediction.Concept> concepts) {
        int likeliest = 0;
        for (int i = 1; i < concepts.size(); i++) {
            if (concepts.get(i).probability() > concepts.get(likeliest).probability()) {
                likeliest = i;
            }
        }
        return likeliest;
    }
}
