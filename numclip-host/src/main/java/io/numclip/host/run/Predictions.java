package io.numclip.host.run;

import ai.djl.ndarray.NDManager;
import io.numclip.clip.ImageTower;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.features.FeatureCache;
import io.numclip.features.ImageFeatures;
import io.numclip.input.ImageBatches;
import io.numclip.input.PixelBatch;
import io.numclip.model.NumClipPredictor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** Runs models on the images of a data set; images that cannot be read are left out. */
public final class Predictions {

    private static final int BATCH = 32;
    private static final int FEATURES_BATCH = 1024;

    private Predictions() {}

    /** The predictions of a model from the pixels of the images. */
    public static LabeledPredictions of(
            NumClipPredictor predictor, List<LabeledImage> images, ImageBatches.SkippedImages skipped) {
        List<LabeledImage> read = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        try (ImageBatches pixels = new ImageBatches(images, predictor.preprocessor(), 0, skipped)) {
            int[] order = IntStream.range(0, images.size()).toArray();
            Iterator<PixelBatch> batches = pixels.batches(order, BATCH);
            while (batches.hasNext()) {
                PixelBatch batch = batches.next();
                batch.indices().forEach(index -> read.add(images.get(index)));
                predictions.addAll(predictor.predict(batch));
            }
        }
        return new LabeledPredictions(read, predictions);
    }

    /** The predictions of an experiment's model as it is now. With a frozen image tower, no image is read twice. */
    public static LabeledPredictions ofTrained(
            Experiment experiment, List<LabeledImage> images, FeatureCache.Listener listener) throws IOException {
        NumClipPredictor model = new NumClipPredictor(experiment.model(), experiment.preprocessor());
        return experiment.config().training().isImageTowerFrozen()
                ? ofFrozen(List.of(model), images, experiment.features(), listener)
                        .get(0)
                : of(model, images, listener);
    }

    /**
     * The predictions of models on the same frozen image tower, from its features of the images.
     *
     * @return one for each model, all of the same images
     */
    static List<LabeledPredictions> ofFrozen(
            List<NumClipPredictor> predictors,
            List<LabeledImage> images,
            FeatureCache cache,
            FeatureCache.Listener listener)
            throws IOException {
        ImageTower imageTower = predictors.get(0).model().imageTower();
        ImageFeatures features = cache.features(imageTower, images, BATCH, listener);
        int[] present =
                IntStream.range(0, images.size()).filter(features::isPresent).toArray();
        List<LabeledImage> read = Arrays.stream(present).mapToObj(images::get).toList();
        return predictors.stream()
                .map(predictor -> new LabeledPredictions(read, predictions(predictor, features, present)))
                .toList();
    }

    private static List<Prediction> predictions(NumClipPredictor predictor, ImageFeatures features, int[] present) {
        List<Prediction> predictions = new ArrayList<>();
        for (int start = 0; start < present.length; start += FEATURES_BATCH) {
            int end = Math.min(present.length, start + FEATURES_BATCH);
            predictions.addAll(batch(predictor, features, Arrays.copyOfRange(present, start, end)));
        }
        return predictions;
    }

    private static List<Prediction> batch(NumClipPredictor predictor, ImageFeatures features, int[] indices) {
        try (NDManager scope = predictor.model().imageTower().manager().newSubManager()) {
            return predictor.predictFeatures(features.toArray(scope, indices)); // (N, D)
        }
    }
}
