package io.numclip.bench;

import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import io.numclip.evaluation.Scored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ages of 100 000 people and predictions that are some years off. */
final class RandomPredictions {

    private static final int IMAGES = 100_000;
    private static final double TOLERANCE = 5;
    private static final double DEVIATION = 6;

    private final Bins bins = Ages.concepts();
    private final double[] labels;
    private final List<Prediction> predictions = new ArrayList<>(IMAGES);

    RandomPredictions() {
        Random random = new Random(1);
        labels = random.ints(IMAGES, 0, 101).asDoubleStream().toArray();
        for (double label : labels) {
            predictions.add(prediction(label + DEVIATION * random.nextGaussian()));
        }
    }

    Scored scored() {
        return Scored.of(bins, labels, predictions, TOLERANCE);
    }

    /** The nearer its anchor is to the value, the likelier is a concept. */
    private Prediction prediction(double value) {
        double[] nearness = Arrays.stream(bins.anchors())
                .map(anchor -> Math.exp(-Math.abs(value - anchor) / 10))
                .toArray();
        double sum = Arrays.stream(nearness).sum();
        List<Prediction.Concept> concepts = new ArrayList<>(bins.size());
        for (int k = 0; k < bins.size(); k++) {
            concepts.add(new Prediction.Concept(bins.get(k).concept(), nearness[k] / sum));
        }
        return new Prediction(value, concepts);
    }
}
