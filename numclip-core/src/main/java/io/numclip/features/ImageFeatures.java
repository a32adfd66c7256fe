package io.numclip.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;

/** Features of a list of images, as the image tower computes them: float32 rows, read from the segments on request. */
public final class ImageFeatures {

    private final int dimension;
    private final NavigableMap<Integer, FeatureSegment> segments;
    private final Map<Integer, String> damage;
    private final int[] rows;

    /**
     * @param segments by the number of their first row
     * @param damage what the decoder says is damaged, by image
     * @param rows of the images, numbered through all segments; -1 for an image that could not be read
     */
    ImageFeatures(
            int dimension, NavigableMap<Integer, FeatureSegment> segments, Map<Integer, String> damage, int... rows) {
        this.dimension = dimension;
        this.segments = segments;
        this.damage = Map.copyOf(damage);
        this.rows = rows;
    }

    /** Number of images. */
    public int size() {
        return rows.length;
    }

    /** D. */
    public int dimension() {
        return dimension;
    }

    /** What the decoder says is damaged about some of the images, by index. */
    public Map<Integer, String> damage() {
        return damage;
    }

    /** Whether the image could be read. */
    public boolean isPresent(int index) {
        return rows[index] >= 0;
    }

    /**
     * @param indices of N images that could be read
     * @return (N, D), owned by the manager
     */
    public NDArray toArray(NDManager manager, int... indices) {
        float[] values = new float[indices.length * dimension];
        for (int i = 0; i < indices.length; i++) {
            copyTo(indices[i], values, i * dimension);
        }
        return manager.create(values, new Shape(indices.length, dimension)); // (N, D)
    }

    /**
     * Copies the D values of an image.
     *
     * @throws IllegalArgumentException if the image could not be read
     */
    public void copyTo(int index, float[] target, int offset) {
        if (!isPresent(index)) {
            throw new IllegalArgumentException("image " + index + " has no features");
        }
        Map.Entry<Integer, FeatureSegment> segment = Objects.requireNonNull(segments.floorEntry(rows[index]));
        segment.getValue().copyTo(rows[index] - segment.getKey(), target, offset);
    }
}
