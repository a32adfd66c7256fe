package io.numclip.runner.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.ClipBackbone;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.clip.PixelBatch;
import io.numclip.data.LabeledImage;
import io.numclip.data.Prediction;
import io.numclip.model.NumClipPredictor;
import io.numclip.model.Part;
import io.numclip.training.FeatureCache;
import io.numclip.training.ImageBatches;
import io.numclip.training.ImageFeatures;
import io.numclip.training.TrainingListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one or several models on the same image tower say about the same images; the tower reads every image once.
 *
 * @param images those that could be read
 * @param predictions for each model one list, in the order of the images
 */
public record Answers(List<LabeledImage> images, List<List<Prediction>> predictions) {

    private static final int BATCH = 32;
    private static final int FEATURES_BATCH = 1024;

    static Answers ask(
            List<NumClipPredictor> predictors, List<LabeledImage> images, ImageBatches.SkippedImages skipped) {
        List<LabeledImage> read = new ArrayList<>();
        List<List<Prediction>> answers = new ArrayList<>();
        predictors.forEach(predictor -> answers.add(new ArrayList<>()));
        ClipPreprocessor preprocessor = predictors.get(0).preprocessor();
        try (ImageBatches pixels = new ImageBatches(images, preprocessor, 0, skipped)) {
            int[] order = IntStream.range(0, images.size()).toArray();
            Iterator<PixelBatch> batches = pixels.batches(order, BATCH);
            while (batches.hasNext()) {
                PixelBatch batch = batches.next();
                batch.indices().forEach(index -> read.add(images.get(index)));
                ask(predictors, batch, answers);
            }
        }
        return new Answers(read, answers);
    }

    /** What the model of an experiment says as it is now; a tower that no training has changed reads no image twice. */
    static Answers ofTrained(Experiment experiment, List<LabeledImage> images, ImageBatches.SkippedImages skipped)
            throws IOException {
        List<NumClipPredictor> model = List.of(new NumClipPredictor(experiment.model(), experiment.preprocessor()));
        return experiment.model().isChanged(Part.IMAGE_ENCODER)
                ? ask(model, images, skipped)
                : ask(model, images, experiment.features(), skipped);
    }

    /** The same from the features of a tower that no training has changed. */
    static Answers ask(
            List<NumClipPredictor> predictors,
            List<LabeledImage> images,
            FeatureCache cache,
            ImageBatches.SkippedImages skipped)
            throws IOException {
        ImageFeatures features = cache.features(predictors.get(0).model().backbone(), images, BATCH, listener(skipped));
        int[] present =
                IntStream.range(0, images.size()).filter(features::isPresent).toArray();
        List<List<Prediction>> answers = new ArrayList<>();
        for (NumClipPredictor predictor : predictors) {
            List<Prediction> predictions = new ArrayList<>();
            for (int start = 0; start < present.length; start += FEATURES_BATCH) {
                int end = Math.min(present.length, start + FEATURES_BATCH);
                predictions.addAll(ask(predictor, features, Arrays.copyOfRange(present, start, end)));
            }
            answers.add(predictions);
        }
        return new Answers(Arrays.stream(present).mapToObj(images::get).toList(), answers);
    }

    private static List<Prediction> ask(NumClipPredictor predictor, ImageFeatures features, int[] indices) {
        int dimension = features.dimension();
        float[] values = new float[indices.length * dimension];
        for (int i = 0; i < indices.length; i++) {
            features.copyTo(indices[i], values, i * dimension);
        }
        try (NDManager manager = predictor.model().backbone().manager().newSubManager()) {
            return predictor.predictFeatures(manager.create(values, new Shape(indices.length, dimension))); // (N, D)
        }
    }

    private static TrainingListener listener(ImageBatches.SkippedImages skipped) {
        return new TrainingListener() {
            @Override
            public void imageSkipped(String name, String reason) {
                skipped.skipped(name, reason);
            }
        };
    }

    private static void ask(List<NumClipPredictor> predictors, PixelBatch batch, List<List<Prediction>> answers) {
        NumClipPredictor first = predictors.get(0);
        ClipBackbone backbone = first.model().backbone();
        try (NDManager manager = backbone.manager().newSubManager()) {
            NDArray pixels = batch.toArray(manager); // (N, 3, H, W)
            NDArray features = backbone.encodeImages(pixels, false); // (N, D)
            for (int i = 0; i < predictors.size(); i++) {
                answers.get(i).addAll(predictors.get(i).predictFeatures(features));
            }
        }
    }
}
