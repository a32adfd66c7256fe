package io.numclip.clip.tower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.TowerMemory;

/** Makes features of pixels: an image tower, or something to measure it by. */
public interface ImageEncoder {

    /** How many numbers it makes of an image. */
    int width();

    /** What it needs while it encodes. */
    TowerMemory memory();

    /** Inputs may belong to any sub-manager of it. */
    NDManager manager();

    /**
     * @param pixels (N, 3, H, W) float32, normalised
     * @param training true keeps the graph
     * @return (N, width) attached to the manager of {@code pixels}
     */
    NDArray encode(NDArray pixels, boolean training);
}
