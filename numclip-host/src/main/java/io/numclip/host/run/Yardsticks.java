package io.numclip.host.run;

import io.numclip.clip.ImageEncoder;
import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Split;
import io.numclip.features.FeatureCache;
import io.numclip.features.ImageFeatures;
import io.numclip.training.RandomOrder;
import io.numclip.yardstick.KnownImages;
import io.numclip.yardstick.LogisticRegression;
import io.numclip.yardstick.NearestNeighbours;
import io.numclip.yardstick.PooledPixels;
import io.numclip.yardstick.Yardstick;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Simple predictors beside a trained model, on the features of its untrained image tower and on plain pixels. They learn
 * from at most {@value #MOST_IMAGES} training images, drawn at random.
 */
public final class Yardsticks {

    private static final int MOST_IMAGES = 5000;
    private static final int BATCH = 32;

    private final Experiment experiment;
    private final FeatureCache.Listener listener;
    private final Map<String, LabeledPredictions> predictions = new LinkedHashMap<>();

    private Yardsticks(Experiment experiment, FeatureCache.Listener listener) {
        this.experiment = experiment;
        this.listener = listener;
    }

    /** Predictions for the test images, by the yardstick's name in tables. */
    public static Map<String, LabeledPredictions> of(Experiment experiment, FeatureCache.Listener listener)
            throws IOException {
        Yardsticks yardsticks = new Yardsticks(experiment, listener);
        ImageEncoder tower = experiment.model().imageTower();
        yardsticks.add("features", tower, experiment.features());
        yardsticks.add(
                "pixels", new PooledPixels(experiment.preprocessor().height(), tower.manager()), experiment.pixels());
        return yardsticks.predictions;
    }

    private void add(String seen, ImageEncoder encoder, FeatureCache cache) throws IOException {
        Read train = read(drawn(experiment.data().images(Split.TRAIN)), encoder, cache);
        Read validation = read(experiment.data().images(Split.VALIDATION), encoder, cache);
        Read test = read(experiment.data().images(Split.TEST), encoder, cache);
        Bins bins = experiment.bins();
        predict("nearest neighbours, " + seen, NearestNeighbours.fit(train.known(), validation.known(), bins), test);
        predict("logistic regression, " + seen, LogisticRegression.fit(train.known(), validation.known(), bins), test);
    }

    private void predict(String name, Yardstick yardstick, Read test) {
        predictions.put(name, new LabeledPredictions(test.images, yardstick.predict(test.features)));
    }

    private List<LabeledImage> drawn(List<LabeledImage> images) {
        if (images.size() <= MOST_IMAGES) {
            return images;
        }
        int[] order = RandomOrder.permutation(
                images.size(), experiment.config().training().seed(), 0);
        return Arrays.stream(order).limit(MOST_IMAGES).mapToObj(images::get).toList();
    }

    private Read read(List<LabeledImage> images, ImageEncoder encoder, FeatureCache cache) throws IOException {
        ImageFeatures features = cache.features(encoder, images, BATCH, listener);
        int[] present =
                IntStream.range(0, images.size()).filter(features::isPresent).toArray();
        return new Read(
                Arrays.stream(present).mapToObj(images::get).toList(),
                Arrays.stream(present).mapToObj(index -> row(features, index)).toArray(double[][]::new));
    }

    private static double[] row(ImageFeatures features, int index) {
        float[] row = new float[features.dimension()];
        features.copyTo(index, row, 0);
        double[] wide = new double[row.length];
        Arrays.setAll(wide, i -> row[i]);
        return wide;
    }

    /** Images that could be read. */
    private static final class Read {

        private final List<LabeledImage> images;
        private final double[][] features; // (N, D)

        Read(List<LabeledImage> images, double[][] features) {
            this.images = images;
            this.features = features;
        }

        KnownImages known() {
            return new KnownImages(
                    features, images.stream().mapToDouble(LabeledImage::label).toArray());
        }
    }
}
