package io.numclip.clip.tower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;

/** Consecutive rows of an array. */
public final class BatchParts {

    private BatchParts() {}

    /** Parts of {@code size} rows, the last of what is left. */
    public static NDList of(NDArray array, long size) {
        long count = array.getShape().get(0);
        NDList parts = new NDList();
        for (long start = 0; start < count; start += size) {
            parts.add(array.get(new NDIndex("{}:{}", start, Math.min(count, start + size))));
        }
        return parts;
    }
}
