package io.numclip.pretraining;

import io.numclip.clip.ClipConfig;
import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;

/**
 * How a small CLIP is pretrained.
 *
 * @param images number of captioned images, each seen once
 * @param batchSize N of the contrastive loss: each image is contrasted with the captions of N − 1 others
 * @param learningRate highest learning rate of RAdam, after the warm-up
 * @param warmup share of the steps in which the rate rises from 0
 * @param vocabSize tokens of the byte-pair vocabulary
 * @param seed of the weights and of the order of the images
 * @param precision of the towers; not {@code fp16}, whose range is too small for gradients
 */
public record PretrainingConfig(
        int images,
        int batchSize,
        double learningRate,
        double warmup,
        int vocabSize,
        long seed,
        Precision precision,
        Shape shape) {

    /** The shape of the image tower and the text tower. */
    public record Shape(
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

        public Shape {
            require(imageSize % patchSize == 0, "imageSize must be a multiple of patchSize", imageSize);
            require(imageWidth % HEAD_WIDTH == 0, "imageWidth must be a multiple of " + HEAD_WIDTH, imageWidth);
            require(textWidth % HEAD_WIDTH == 0, "textWidth must be a multiple of " + HEAD_WIDTH, textWidth);
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

    public PretrainingConfig {
        require(images >= batchSize, "images must be at least the batch size", images);
        require(batchSize >= 2, "batchSize must be at least 2", batchSize);
        require(learningRate > 0 && learningRate < 1, "learningRate must be between 0 and 1", learningRate);
        require(warmup >= 0 && warmup < 1, "warmup must be at least 0 and below 1", warmup);
        require(
                precision != Precision.FP16 && precision != Precision.INT8,
                "precision must be auto, fp32 or bf16",
                precision);
        require(vocabSize >= 515, "vocabSize must be above 514: 512 bytes, start and end", vocabSize);
    }

    private static void require(boolean holds, String rule, Object found) {
        if (!holds) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE, rule + "; found " + found, "give it another value, see --help");
        }
    }

    public int steps() {
        return images / batchSize;
    }

    /** Factor on the rate of a step, counted from 0: linear warm-up to 1, then half a cosine down to 0. */
    double learningRateFactor(int step) {
        double progress = (step + 0.5) / steps();
        if (progress < warmup) {
            return progress / warmup;
        }
        return 0.5 * (1 + Math.cos(Math.PI * (progress - warmup) / (1 - warmup)));
    }
}
