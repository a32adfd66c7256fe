package io.numclip.spi;

import ai.djl.ndarray.NDArray;

/**
 * What the network says about a batch of N images.
 *
 * @param imageFeatures (N, D) L2-normalised
 * @param textFeatures (K, D) L2-normalised, one row per number concept, in order
 * @param logits (N, K) what the coarse head says; softmax(logits) is the probability of each number concept
 * @param value (N) the number
 */
public record NumClipOutput(NDArray imageFeatures, NDArray textFeatures, NDArray logits, NDArray value) {}
