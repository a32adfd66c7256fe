package io.numclip.training;

import org.jspecify.annotations.Nullable;

/** Features of a list of images as the image tower gives them: float32 rows, wherever they lie. */
public final class ImageFeatures {

    private final int dimension;
    private final @Nullable FeatureSegment[] segments;
    private final int[] rows;

    ImageFeatures(int size, int dimension) {
        this.dimension = dimension;
        this.segments = new FeatureSegment[size];
        this.rows = new int[size];
    }

    /** Says where the features of an image are. */
    void put(int index, FeatureSegment segment, int row) {
        segments[index] = segment;
        rows[index] = row;
    }

    /** How many images. */
    public int size() {
        return rows.length;
    }

    /** D. */
    public int dimension() {
        return dimension;
    }

    /** Whether the image could be read. */
    public boolean isPresent(int index) {
        return segments[index] != null;
    }

    /**
     * Copies the D values of an image.
     *
     * @throws IllegalArgumentException if the image could not be read
     */
    public void copyTo(int index, float[] target, int offset) {
        FeatureSegment segment = segments[index];
        if (segment == null) {
            throw new IllegalArgumentException("image " + index + " has no features");
        }
        segment.copyTo(rows[index], target, offset);
    }
}
