package io.numclip.spi;

import ai.djl.ndarray.NDArray;

/** A fine head whose parameters have a closed form: it is fitted to all training images before the first epoch. */
public interface FittedHead extends FineHead {

    /**
     * Sets the parameters, without a graph.
     *
     * @param logits (N, K) of the N training images
     * @param imageFeatures (N, D) L2-normalised
     * @param values (N) labels in the unit of the label scale
     */
    void fit(NDArray logits, NDArray imageFeatures, NDArray values);
}
