package io.numclip.pretraining;

import io.numclip.clip.directory.ClipConfig;

/** The shape of the image tower and the text tower of a small CLIP. */
public record TowerShape(
        int imageSize,
        int patchSize,
        int imageWidth,
        int imageLayers,
        int textWidth,
        int textLayers,
        int contextLength,
        int embedDim) {

    private static final int HEAD_WIDTH = 32;
    private static final double LAYER_NORM_EPS = 1e-5;
    /** The logarithm of 1 / 0.07, as in CLIP. */
    private static final double LOGIT_SCALE = 2.6592;

    public TowerShape {
        PretrainingConfig.require(imageSize % patchSize == 0, "imageSize must be a multiple of patchSize", imageSize);
        PretrainingConfig.require(
                imageWidth % HEAD_WIDTH == 0, "imageWidth must be a multiple of " + HEAD_WIDTH, imageWidth);
        PretrainingConfig.require(
                textWidth % HEAD_WIDTH == 0, "textWidth must be a multiple of " + HEAD_WIDTH, textWidth);
    }

    ClipConfig toClipConfig(int vocabSize, long endTokenId) {
        ClipConfig.Text text = new ClipConfig.Text(
                vocabSize,
                contextLength,
                textWidth,
                4 * textWidth,
                textLayers,
                textWidth / HEAD_WIDTH,
                ClipConfig.Activation.QUICK_GELU,
                LAYER_NORM_EPS,
                endTokenId);
        ClipConfig.Vision vision = new ClipConfig.Vision(
                imageSize,
                patchSize,
                imageWidth,
                4 * imageWidth,
                imageLayers,
                imageWidth / HEAD_WIDTH,
                ClipConfig.Activation.QUICK_GELU,
                LAYER_NORM_EPS);
        return new ClipConfig(text, vision, embedDim, LOGIT_SCALE);
    }
}
