package io.numclip.host.assembly;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.features.FeatureCache;
import io.numclip.features.ImageFeatures;
import io.numclip.input.Budget;
import io.numclip.input.ImageBatches;
import io.numclip.input.ImageScan;
import io.numclip.input.PixelBatch;
import io.numclip.model.NumClipPredictor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Runs models on the images of a data set; images that cannot be read are left out. */
public final class Predictions {

    private static final int BATCH = 32;
    private static final int FEATURES_BATCH = 1024;

    private Predictions() {}

    /**
     * What is found in those of the images that can be read.
     *
     * @param images (N)
     * @param found (N)
     */
    public record Read<T>(List<LabeledImage> images, List<T> found) {}

    /** The predictions of a model from the pixels of the images. */
    public static LabeledPredictions of(
            NumClipPredictor predictor, List<LabeledImage> images, ImageBatches.SkippedImages skipped)
            throws IOException {
        return labeled(fromPixels(predictor::predict, predictor, images, all(images), skipped));
    }

    /**
     * The predictions of an experiment's model as it is now. With a frozen image tower, no image is read twice.
     *
     * @param predictor of the experiment's model
     */
    public static LabeledPredictions ofTrained(
            Experiment experiment,
            NumClipPredictor predictor,
            List<LabeledImage> images,
            FeatureCache.Listener listener)
            throws IOException {
        return isFrozen(experiment)
                ? labeled(predictor, images, features(experiment.features(), predictor, images, listener))
                : labeled(fromPixels(predictor::predict, predictor, images, all(images), listener));
    }

    /**
     * Features of length 1, as {@link NumClipPredictor#features} gives them.
     *
     * @param chosen indices of the images that are looked at, as far as they can be read
     * @return (N), each (D)
     */
    static Read<float[]> features(
            Experiment experiment, List<LabeledImage> images, int[] chosen, FeatureCache.Listener listener)
            throws IOException {
        NumClipPredictor predictor = predictor(experiment);
        return isFrozen(experiment)
                ? fromFeatures(
                        (NDArray features) -> predictor.features(features),
                        predictor,
                        images,
                        chosen,
                        features(experiment.features(), predictor, images, listener))
                : fromPixels((PixelBatch pixels) -> predictor.features(pixels), predictor, images, chosen, listener);
    }

    public static NumClipPredictor predictor(Experiment experiment) {
        return new NumClipPredictor(experiment.model(), experiment.preprocessor());
    }

    private static boolean isFrozen(Experiment experiment) {
        return experiment.config().training().isImageTowerFrozen();
    }

    /**
     * The predictions of models on the same frozen image tower, from its features of the images.
     *
     * @return one for each model, all of the same images
     */
    public static List<LabeledPredictions> ofFrozen(
            List<NumClipPredictor> predictors,
            List<LabeledImage> images,
            FeatureCache cache,
            FeatureCache.Listener listener)
            throws IOException {
        ImageFeatures features = features(cache, predictors.get(0), images, listener);
        return predictors.stream()
                .map(predictor -> labeled(predictor, images, features))
                .toList();
    }

    private static ImageFeatures features(
            FeatureCache cache, NumClipPredictor predictor, List<LabeledImage> images, FeatureCache.Listener listener)
            throws IOException {
        return cache.features(predictor.model().imageTower(), images, BATCH, listener);
    }

    private static int[] all(List<LabeledImage> images) {
        return IntStream.range(0, images.size()).toArray();
    }

    private static LabeledPredictions labeled(Read<Prediction> read) {
        return new LabeledPredictions(read.images(), read.found());
    }

    private static LabeledPredictions labeled(
            NumClipPredictor predictor, List<LabeledImage> images, ImageFeatures features) {
        int[] present = present(all(images), features);
        Read<Prediction> read = fromFeatures(predictor::predictFeatures, predictor, images, present, features);
        return new LabeledPredictions(
                read.images(),
                IntStream.range(0, present.length)
                        .mapToObj(n ->
                                read.found().get(n).withDamage(features.damage().get(present[n])))
                        .toList());
    }

    private static int[] present(int[] chosen, ImageFeatures features) {
        return Arrays.stream(chosen).filter(features::isPresent).toArray();
    }

    private static <T> Read<T> fromPixels(
            Function<PixelBatch, List<T>> look,
            NumClipPredictor predictor,
            List<LabeledImage> images,
            int[] chosen,
            ImageBatches.SkippedImages skipped)
            throws IOException {
        List<LabeledImage> read = new ArrayList<>();
        List<T> found = new ArrayList<>();
        Budget budget = Budget.of(predictor.model().imageTower(), BATCH, chosen.length);
        try (ImageScan<T> scan = new ImageScan<>(images, predictor.preprocessor(), budget, look, skipped)) {
            scan.run(chosen, (index, seen, damage) -> {
                read.add(images.get(index));
                found.add(seen);
            });
        }
        return new Read<>(read, found);
    }

    private static <T> Read<T> fromFeatures(
            Function<NDArray, List<T>> look,
            NumClipPredictor predictor,
            List<LabeledImage> images,
            int[] chosen,
            ImageFeatures features) {
        ImageTower imageTower = predictor.model().imageTower();
        int[] present = present(chosen, features);
        List<T> found = new ArrayList<>();
        for (int start = 0; start < present.length; start += FEATURES_BATCH) {
            int end = Math.min(present.length, start + FEATURES_BATCH);
            try (NDManager scope = imageTower.manager().newSubManager()) {
                found.addAll(look.apply(features.toArray(scope, Arrays.copyOfRange(present, start, end)))); // (N, D)
            }
        }
        return new Read<>(Arrays.stream(present).mapToObj(images::get).toList(), found);
    }
}
