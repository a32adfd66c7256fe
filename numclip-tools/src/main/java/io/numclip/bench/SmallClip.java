package io.numclip.bench;

import ai.djl.Device;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipConfig.Activation;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.ShippedModel;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.model.BaseModel;
import io.numclip.model.NumClipPredictor;
import java.io.IOException;

/**
 * A CLIP with random weights, so small that the time of everything else shows: one layer, images of 32 pixels, 16
 * numbers for each. Its vocabulary is that of the embedded CLIP.
 */
final class SmallClip {

    static final int IMAGE_SIZE = 32;

    private static final int WIDTH = 32;
    private static final int EMBED_DIM = 16;
    private static final double EPSILON = 1e-5;

    private SmallClip() {}

    static ClipBackbone random() throws IOException {
        ClipConfig.Text embedded = ClipDirectory.config(base().directory()).text();
        ClipConfig.Text text = new ClipConfig.Text(
                embedded.vocabSize(),
                embedded.contextLength(),
                WIDTH,
                4 * WIDTH,
                1,
                2,
                Activation.QUICK_GELU,
                EPSILON,
                embedded.endTokenId());
        ClipConfig.Vision vision =
                new ClipConfig.Vision(IMAGE_SIZE, 16, WIDTH, 4 * WIDTH, 1, 2, Activation.QUICK_GELU, EPSILON);
        double logitScale = Math.log(1 / 0.07);
        return ClipBackbone.random(
                new ClipConfig(text, vision, EMBED_DIM, logitScale), 1, Device.cpu(), Precision.FP32);
    }

    static ClipPreprocessor preprocessor() {
        return ClipPreprocessor.standard(IMAGE_SIZE);
    }

    /** Prompts and tokenizer as with the embedded CLIP. */
    static AgeNetwork ages() throws IOException {
        return new AgeNetwork(base(), Precision.FP32);
    }

    static NumClipPredictor predictor() throws IOException {
        return new NumClipPredictor(ages().create(random()), preprocessor());
    }

    private static BaseModel base() throws IOException {
        return BaseModel.of(ModelSource.parse(ShippedModel.EMBEDDED));
    }
}
