package io.numclip.pretraining;

import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;

/**
 * How a CLIP is pretrained.
 *
 * @param images number of captioned images, each seen once
 * @param batchSize N of the contrastive loss: each image is contrasted with the captions of N − 1 others
 * @param learningRate highest learning rate of RAdam, after the warm-up
 * @param warmup share of the steps in which the rate rises from 0
 * @param seed of weights that are random at first, and of the order of the images
 * @param precision of the towers; not {@code fp16}, whose range is too small for gradients
 */
public record PretrainingConfig(
        int images, int batchSize, double learningRate, double warmup, long seed, Precision precision) {

    public PretrainingConfig {
        require(images >= batchSize, "images must be at least the batch size", images);
        require(batchSize >= 2, "batchSize must be at least 2", batchSize);
        require(learningRate > 0 && learningRate < 1, "learningRate must be between 0 and 1", learningRate);
        require(warmup >= 0 && warmup < 1, "warmup must be at least 0 and below 1", warmup);
        require(
                precision != Precision.FP16 && precision != Precision.INT8,
                "precision must be auto, fp32 or bf16",
                precision);
    }

    static void require(boolean holds, String rule, Object found) {
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
