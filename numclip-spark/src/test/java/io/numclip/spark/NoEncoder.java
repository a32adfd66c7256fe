package io.numclip.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.tower.ImageEncoder;

/** For images whose features are known. */
record NoEncoder(int width, NDManager manager) implements ImageEncoder {

    @Override
    public NDArray encode(NDArray pixels, boolean training) {
        throw new AssertionError("no image is to be encoded");
    }

    @Override
    public TowerMemory memory() {
        return new TowerMemory(0, 0, 0);
    }
}
