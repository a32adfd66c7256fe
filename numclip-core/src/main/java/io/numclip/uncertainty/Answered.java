package io.numclip.uncertainty;

import io.numclip.data.Prediction;
import java.util.List;

/** Images with their labels and what a model that is not calibrated says about them. */
public final class Answered {

    private final double[] labels;
    private final List<Prediction> predictions;

    /**
     * @param labels (N)
     * @param predictions (N) in the same order
     */
    public Answered(double[] labels, List<Prediction> predictions) {
        if (labels.length != predictions.size()) {
            throw new IllegalArgumentException(
                    "each label needs a prediction; found " + labels.length + " and " + predictions.size());
        }
        this.labels = labels.clone();
        this.predictions = List.copyOf(predictions);
    }

    public int size() {
        return labels.length;
    }

    double label(int n) {
        return labels[n];
    }

    double value(int n) {
        return predictions.get(n).value();
    }

    double[] labels() {
        return labels.clone();
    }

    double[] errors() {
        double[] errors = new double[labels.length];
        for (int n = 0; n < errors.length; n++) {
            errors[n] = Math.abs(label(n) - value(n));
        }
        return errors;
    }

    double[][] probabilities() {
        return predictions.stream().map(Prediction::probabilities).toArray(double[][]::new);
    }
}
