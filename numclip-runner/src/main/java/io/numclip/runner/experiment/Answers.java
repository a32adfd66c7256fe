package io.numclip.runner.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.ClipBackbone;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.data.LabeledImage;
import io.numclip.data.Prediction;
import io.numclip.model.NumClipPredictor;
import io.numclip.training.ImageBatches;
import java.util.ArrayList;
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

    static Answers ask(
            List<NumClipPredictor> predictors, List<LabeledImage> images, ImageBatches.SkippedImages skipped) {
        List<LabeledImage> read = new ArrayList<>();
        List<List<Prediction>> answers = new ArrayList<>();
        predictors.forEach(predictor -> answers.add(new ArrayList<>()));
        ClipPreprocessor preprocessor = predictors.get(0).preprocessor();
        try (ImageBatches pixels = new ImageBatches(images, preprocessor, 0, skipped)) {
            int[] order = IntStream.range(0, images.size()).toArray();
            Iterator<ImageBatches.Batch> batches = pixels.batches(order, BATCH);
            while (batches.hasNext()) {
                ImageBatches.Batch batch = batches.next();
                batch.indices().forEach(index -> read.add(images.get(index)));
                ask(predictors, batch, answers);
            }
        }
        return new Answers(read, answers);
    }

    private static void ask(
            List<NumClipPredictor> predictors, ImageBatches.Batch batch, List<List<Prediction>> answers) {
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
