package io.numclip.host.run;

import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.tower.ImageEncoder;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.data.Split;
import io.numclip.features.FeatureCache;
import io.numclip.features.ImageFeatures;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.ExperimentData;
import io.numclip.host.result.ImageClusters;
import io.numclip.host.result.YardstickKind;
import io.numclip.training.RandomOrder;
import io.numclip.yardstick.KnownImages;
import io.numclip.yardstick.LearningCurve;
import io.numclip.yardstick.LogisticRegression;
import io.numclip.yardstick.NearestNeighbours;
import io.numclip.yardstick.PooledPixels;
import io.numclip.yardstick.Yardstick;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Simple predictors beside a trained model, on the features of its untrained image tower and on plain pixels. They learn
 * from at most {@value #MOST_IMAGES} training images, drawn at random.
 */
public final class Yardsticks {

    private static final int MOST_IMAGES = 5000;
    private static final int BATCH = 32;

    private final Experiment experiment;
    private final ImageEncoder encoder;
    private final int first; // of the numbers of a row that they learn from
    private final FeatureCache cache;
    private final FeatureCache.Listener listener;
    private final Read train;
    private final Read validation;
    private final Read test;

    /** The images of the experiment, or others. */
    private record Images(List<LabeledImage> train, List<LabeledImage> validation, List<LabeledImage> test) {
        static Images of(ExperimentData data) {
            return new Images(data.images(Split.TRAIN), data.images(Split.VALIDATION), data.images(Split.TEST));
        }
    }

    private Yardsticks(Experiment experiment, boolean pixels, Images images, FeatureCache.Listener listener)
            throws IOException {
        this.experiment = experiment;
        this.listener = listener;
        ImageTower tower = experiment.model().imageTower();
        first = pixels ? 0 : tower.layout().headStart();
        encoder = pixels ? new PooledPixels(experiment.preprocessor().height(), tower.manager()) : tower;
        cache = pixels ? experiment.pixels() : experiment.features();
        train = read(drawn(images.train));
        validation = read(images.validation);
        test = read(images.test);
    }

    /** Predictions for the test images, by their titles. The image tower must not have been trained yet. */
    public static Map<String, LabeledPredictions> all(Experiment experiment, FeatureCache.Listener listener)
            throws IOException {
        Map<String, LabeledPredictions> predictions = new LinkedHashMap<>();
        all(experiment, Images.of(experiment.data()), listener)
                .forEach((kind, found) -> predictions.put(kind.title(), found));
        return predictions;
    }

    private static Map<YardstickKind, LabeledPredictions> all(
            Experiment experiment, Images images, FeatureCache.Listener listener) throws IOException {
        Map<YardstickKind, LabeledPredictions> predictions = new LinkedHashMap<>();
        ClipConfig.Vision vision = experiment.model().imageTower().config().vision();
        for (boolean pixels : hasFeatures(vision) ? new boolean[] {false, true} : new boolean[] {true}) {
            Yardsticks yardsticks = new Yardsticks(experiment, pixels, images, listener);
            Arrays.stream(YardstickKind.values())
                    .filter(kind -> kind.seesPixels() == pixels)
                    .forEach(kind -> predictions.put(kind, yardsticks.predictions(kind)));
        }
        return predictions;
    }

    /** What more labels would bring, on the features of the untrained image tower, or on pixels where it has none. */
    public static Optional<LearningCurve> curve(Experiment experiment, FeatureCache.Listener listener)
            throws IOException {
        boolean pixels = !hasFeatures(experiment);
        Images images = Images.of(experiment.data());
        Yardsticks yardsticks = new Yardsticks(experiment, pixels, images, listener);
        if (yardsticks.train.images.isEmpty() || yardsticks.test.images.isEmpty()) {
            return Optional.empty();
        }
        return LearningCurve.measure(
                yardsticks.train.known(),
                images.train.size(),
                yardsticks.test.known(),
                ImageClusters.of(
                        yardsticks.test.images, experiment.config().protocol().group()),
                experiment.config().evaluation());
    }

    /** Predictions for the test images. */
    public static LabeledPredictions of(YardstickKind kind, Experiment experiment, FeatureCache.Listener listener)
            throws IOException {
        return new Yardsticks(experiment, kind.seesPixels(), Images.of(experiment.data()), listener).predictions(kind);
    }

    /** Whether it has something to learn from beside a tower. */
    public static boolean isFor(YardstickKind kind, ClipConfig.Vision vision) {
        return kind.seesPixels() || hasFeatures(vision);
    }

    /** Whether the untrained image tower tells images apart. */
    static boolean hasFeatures(Experiment experiment) {
        return hasFeatures(experiment.model().imageTower().config().vision());
    }

    /** Not if there is no network, or one that has seen nothing yet. */
    private static boolean hasFeatures(ClipConfig.Vision vision) {
        return vision.hasNetwork() && !vision.isConvolutional();
    }

    private LabeledPredictions predictions(YardstickKind kind) {
        Yardstick yardstick = kind.isNeighbours()
                ? NearestNeighbours.fit(train.known(), validation.known(), experiment.bins())
                : LogisticRegression.fit(train.known(), validation.known(), experiment.bins());
        List<Prediction> onScale = yardstick.predict(test.features).stream()
                .map(found -> new Prediction(experiment.model().clamp(found.value()), found.concepts()))
                .toList();
        return new LabeledPredictions(test.images, onScale);
    }

    private List<LabeledImage> drawn(List<LabeledImage> images) {
        if (images.size() <= MOST_IMAGES) {
            return images;
        }
        int[] order = RandomOrder.permutation(images.size(), experiment.config().drawsSeed(), 0);
        return Arrays.stream(order).limit(MOST_IMAGES).mapToObj(images::get).toList();
    }

    private Read read(List<LabeledImage> images) throws IOException {
        ImageFeatures features = cache.features(encoder, images, BATCH, listener);
        int[] present =
                IntStream.range(0, images.size()).filter(features::isPresent).toArray();
        return new Read(
                Arrays.stream(present).mapToObj(images::get).toList(),
                Arrays.stream(present).mapToObj(index -> row(features, index)).toArray(double[][]::new));
    }

    private double[] row(ImageFeatures features, int index) {
        float[] row = new float[features.dimension()];
        features.copyTo(index, row, 0);
        double[] wide = new double[row.length - first];
        Arrays.setAll(wide, i -> row[first + i]);
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
