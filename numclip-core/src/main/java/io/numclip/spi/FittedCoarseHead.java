package io.numclip.spi;

import ai.djl.ndarray.NDArray;

/** A coarse head that learns from all training images at once, before the first epoch and before the fine head. */
public interface FittedCoarseHead extends CoarseHead {

    /**
     * Images and what they show.
     *
     * @param imageFeatures (N, D) L2-normalised
     * @param bins (N) int64, the class of each image
     */
    record Examples(NDArray imageFeatures, NDArray bins) {}

    /**
     * Sets the parameters, without a graph.
     *
     * @param validation by which numbers may be chosen
     * @param textFeatures (K, D) L2-normalised
     * @param logitScale () the factor by which CLIP multiplies a cosine
     */
    void fit(Examples training, Examples validation, NDArray textFeatures, NDArray logitScale);

    /**
     * Whether gradients reach the parameters, and pass through to the image features. A head that compares and counts has
     * none: training for epochs refuses it.
     */
    default boolean isDifferentiable() {
        return true;
    }
}
