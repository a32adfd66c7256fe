package io.numclip.training;

/** Features of a list of images, as the image tower gives them. */
public interface ImageFeatures {

    /** How many images. */
    int size();

    /** D. */
    int dimension();

    /** Whether the image could be read. */
    boolean isPresent(int index);

    /** Copies the D values of an image. */
    void copyTo(int index, float[] target, int offset);
}
