package io.numclip.model;

import ai.djl.ndarray.NDArray;

/**
 * Text features in a training step.
 *
 * @param features (K, D)
 * @param backward to be called after the backward pass of the losses: takes their gradients on to what is trained, where no graph
 *     does
 */
public record TrainedTexts(NDArray features, Runnable backward) {

    /** Features whose graph reaches what is trained, if anything is. */
    static TrainedTexts inGraph(NDArray features) {
        return new TrainedTexts(features, () -> {});
    }
}
