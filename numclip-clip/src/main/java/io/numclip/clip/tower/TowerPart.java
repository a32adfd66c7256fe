package io.numclip.clip.tower;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Takes images through an image tower that learns, and their gradients back to its weights. One batch at a time. */
interface TowerPart {

    List<NDArray> weights();

    /**
     * @param pixels (N, 3, H, W)
     * @return (N, D) without a graph
     */
    NDArray forward(NDArray pixels);

    /**
     * Adds to the gradients of the weights.
     *
     * @param gradient (N, D) of what {@link #forward} has returned last
     */
    void backward(NDArray gradient);
}
