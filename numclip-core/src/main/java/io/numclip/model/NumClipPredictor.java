package io.numclip.model;

import ai.djl.ndarray.NDArray;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.data.Prediction;
import java.awt.image.BufferedImage;
import java.util.List;

/** Images to numbers. The number is the fine head's, moved to the nearest end where it leaves the label scale. */
public final class NumClipPredictor implements AutoCloseable {

    /** @param model is closed with the predictor */
    public NumClipPredictor(NumClipModel model, ClipPreprocessor preprocessor) {
        throw new UnsupportedOperationException("not yet");
    }

    public Prediction predict(BufferedImage image) {
        throw new UnsupportedOperationException("not yet");
    }

    /** All images in one batch. */
    public List<Prediction> predict(List<BufferedImage> images) {
        throw new UnsupportedOperationException("not yet");
    }

    /** @param pixels (N, 3, H, W) as {@link ClipPreprocessor} makes them */
    public List<Prediction> predictPixels(NDArray pixels) {
        throw new UnsupportedOperationException("not yet");
    }

    /** @param backboneFeatures (N, D) as the image tower gives them */
    public List<Prediction> predictFeatures(NDArray backboneFeatures) {
        throw new UnsupportedOperationException("not yet");
    }

    public NumClipModel model() {
        throw new UnsupportedOperationException("not yet");
    }

    public ClipPreprocessor preprocessor() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {}
}
