package io.numclip.pretraining;

/**
 * How a small CLIP is pretrained.
 *
 * @param images how many captioned images are seen, each once
 * @param batchSize N of the contrastive loss: each image is told from the captions of N − 1 others
 * @param learningRate of RAdam at its highest, after the warm-up
 * @param warmup share of the steps in which the rate climbs from 0
 * @param vocabSize tokens of the byte-pair vocabulary
 * @param seed of the weights
 */
public record PretrainingConfig(
        int images, int batchSize, double learningRate, double warmup, int vocabSize, long seed, Shape shape) {

    /** The shape of the towers: two alike, the text tower without patches. */
    public record Shape(
            int imageSize,
            int patchSize,
            int imageWidth,
            int imageLayers,
            int textWidth,
            int textLayers,
            int contextLength,
            int embedDim) {}

    public PretrainingConfig {
        require(images >= batchSize, "images must be at least the batch size", images);
        require(batchSize >= 2, "batchSize must be at least 2", batchSize);
        require(learningRate > 0 && learningRate < 1, "learningRate must be between 0 and 1", learningRate);
        require(warmup >= 0 && warmup < 1, "warmup must be from 0 to below 1", warmup);
        require(vocabSize >= 515, "vocabSize must be above 514: 512 bytes, start and end", vocabSize);
    }

    private static void require(boolean holds, String rule, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(rule + "; found " + found);
        }
    }

    public int steps() {
        return images / batchSize;
    }

    /** The rate of one step: linear warm-up, then a half cosine down to 0. */
    double learningRate(int step) {
        double progress = (step + 0.5) / steps();
        if (progress < warmup) {
            return learningRate * progress / warmup;
        }
        return learningRate * 0.5 * (1 + Math.cos(Math.PI * (progress - warmup) / (1 - warmup)));
    }
}
