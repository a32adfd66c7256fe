package io.numclip.yardstick;

import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Features and numbers of N images. */
public final class KnownImages {

    private final double[][] features;
    private final double[] labels;

    /**
     * @param features (N, D)
     * @param labels (N) in the unit of the label scale
     */
    public KnownImages(double[][] features, double[] labels) {
        if (labels.length == 0 || features.length != labels.length) {
            throw new IllegalArgumentException("a yardstick needs at least 1 image, each with a label; found "
                    + features.length + " and " + labels.length);
        }
        this.features = features;
        this.labels = labels;
    }

    double[][] features() {
        return features;
    }

    double[] labels() {
        return labels;
    }

    int size() {
        return labels.length;
    }

    /** Some of them, in this order. */
    KnownImages pick(int... images) {
        return new KnownImages(
                Arrays.stream(images).mapToObj(image -> features[image]).toArray(double[][]::new),
                Arrays.stream(images).mapToDouble(image -> labels[image]).toArray());
    }

    /** @param predictions a number for each of these images */
    double[] absoluteErrors(double... predictions) {
        double[] errors = new double[labels.length];
        Arrays.setAll(errors, n -> Math.abs(labels[n] - predictions[n]));
        return errors;
    }

    /** MAE of predictions for these images. */
    double meanAbsoluteError(List<Prediction> predictions) {
        double sum = 0;
        for (int n = 0; n < labels.length; n++) {
            sum += Math.abs(labels[n] - predictions.get(n).value());
        }
        return sum / labels.length;
    }

    /** A number, with the share of each concept. */
    static Prediction prediction(double value, double[] shares, Bins bins) {
        List<Prediction.Concept> concepts = new ArrayList<>();
        for (int k = 0; k < shares.length; k++) {
            concepts.add(new Prediction.Concept(bins.get(k).concept(), Math.min(1, shares[k])));
        }
        return new Prediction(value, concepts);
    }
}
