package io.numclip.uncertainty;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.ImageSource;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Ages whose errors grow with the age, and concepts that are too sure of themselves. */
public final class TestingAges {

    public static final Bins BINS = new Bins(List.of(
            new Bin("child", 0, 13, 6),
            new Bin("teenager", 13, 19, 16),
            new Bin("young adult", 19, 35, 27),
            new Bin("middle adult", 35, 65, 48),
            new Bin("older adult", 65, 100, 75)));

    public static final LabelScale SCALE = new LabelScale(0, 100, "years");

    private static final double SHARPNESS = 3; // years of distance that make a concept e times less likely

    private TestingAges() {}

    static LabeledPredictions random(int images, Random random) {
        double[] labels = random.doubles(images).map(share -> 100 * share).toArray();
        return predicted(labels, label -> 1 + label / 12, random);
    }

    /** @param noise standard deviation of the errors of a label */
    public static LabeledPredictions predicted(double[] labels, DoubleUnaryOperator noise, Random random) {
        double[] errors = Arrays.stream(labels)
                .map(label -> noise.applyAsDouble(label) * random.nextGaussian())
                .toArray();
        return labeled(labels, predictions(labels, errors, random));
    }

    /** @param subjects (N) which images belong together */
    public static LabeledPredictions predicted(double[] labels, double[] errors, List<String> subjects, Random random) {
        List<LabeledImage> images = new ArrayList<>();
        for (int n = 0; n < labels.length; n++) {
            Map<String, String> attributes = Map.of(LabeledImage.SUBJECT, subjects.get(n));
            images.add(new LabeledImage("image " + n, new NoPixels(), labels[n], attributes));
        }
        return new LabeledPredictions(images, predictions(labels, errors, random));
    }

    private static List<Prediction> predictions(double[] labels, double[] errors, Random random) {
        List<Prediction> predictions = new ArrayList<>();
        for (int n = 0; n < labels.length; n++) {
            double value = Math.max(0, Math.min(100, labels[n] + errors[n]));
            predictions.add(prediction(value, probabilities(value + 4 * random.nextGaussian())));
        }
        return predictions;
    }

    /** Of images that nobody looks at. */
    static LabeledPredictions labeled(double[] labels, List<Prediction> predictions) {
        List<LabeledImage> images = IntStream.range(0, labels.length)
                .mapToObj(n -> new LabeledImage("image " + n, new NoPixels(), labels[n], Map.of()))
                .toList();
        return new LabeledPredictions(images, predictions);
    }

    private record NoPixels() implements ImageSource {
        @Override
        public BufferedImage read() {
            throw new IllegalStateException("calibration looks at no pixels");
        }

        @Override
        public String fingerprint() {
            return "";
        }
    }

    static Prediction prediction(double value, double... probabilities) {
        List<Prediction.Concept> concepts = new ArrayList<>();
        for (int k = 0; k < probabilities.length; k++) {
            concepts.add(new Prediction.Concept(BINS.get(k).concept(), probabilities[k]));
        }
        return new Prediction(value, concepts);
    }

    private static double[] probabilities(double centre) {
        double[] probabilities = new double[BINS.size()];
        double sum = 0;
        for (int k = 0; k < probabilities.length; k++) {
            probabilities[k] = Math.exp(-Math.abs(centre - BINS.get(k).anchor()) / SHARPNESS);
            sum += probabilities[k];
        }
        for (int k = 0; k < probabilities.length; k++) {
            probabilities[k] /= sum;
        }
        return probabilities;
    }
}
