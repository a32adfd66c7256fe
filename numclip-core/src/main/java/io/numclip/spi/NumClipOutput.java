package io.numclip.spi;

import ai.djl.ndarray.NDArray;

/**
 * The network's output for a batch of N images.
 *
 * @param imageFeatures (N, D) L2-normalised
 * @param textFeatures (K, D) L2-normalised, one row per number concept, in order
 * @param logits (N, K) from the coarse head; softmax(logits) is the probability of each number concept
 * @param value (N) the number
 * @param headFeatures (N, E) L2-normalised: what heads see of the images that compare with no text; by default, the
 *     {@code imageFeatures} themselves
 */
public record NumClipOutput(
        NDArray imageFeatures, NDArray textFeatures, NDArray logits, NDArray value, NDArray headFeatures) {

    /** All heads see the same features. */
    public NumClipOutput(NDArray imageFeatures, NDArray textFeatures, NDArray logits, NDArray value) {
        this(imageFeatures, textFeatures, logits, value, imageFeatures);
    }
}
