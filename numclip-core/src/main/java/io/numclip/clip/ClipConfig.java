package io.numclip.clip;

/**
 * The shape of a CLIP, as {@code config.json} gives it.
 *
 * @param projectionDim D, the width of the joint space
 * @param logitScaleInit the logarithm of the initial logit scale
 */
public record ClipConfig(Text text, Vision vision, int projectionDim, double logitScaleInit) {

    /** {@code quick_gelu} is {@code x·sigmoid(1.702x)}; {@code gelu} is exact. */
    public enum Activation {
        QUICK_GELU,
        GELU
    }

    /** The text tower. */
    public record Text(
            int vocabSize,
            int contextLength,
            int hiddenSize,
            int intermediateSize,
            int layers,
            int heads,
            Activation activation,
            double layerNormEps,
            long endTokenId) {}

    /** The image tower. */
    public record Vision(
            int imageSize,
            int patchSize,
            int hiddenSize,
            int intermediateSize,
            int layers,
            int heads,
            Activation activation,
            double layerNormEps) {}
}
