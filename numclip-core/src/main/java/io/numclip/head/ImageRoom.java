package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Parameter;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.spi.InvalidSettingException;

/**
 * Room for training images in the parameters of a coarse head, whose setting {@code size} says how many there may be;
 * 0 is as many as there are.
 */
final class ImageRoom {

    static final int AS_MANY_AS_THERE_ARE = 0;

    private static final int LARGEST_SIZE = 1_000_000;

    private ImageRoom() {}

    static void checkSize(int size) {
        if (size < 0 || size > LARGEST_SIZE) {
            throw new InvalidSettingException(
                    "size",
                    "must be 1 to " + LARGEST_SIZE + ", or 0 for as many as there are training images; found " + size);
        }
    }

    static int of(int size, int trainingImages) {
        return size == AS_MANY_AS_THERE_ARE ? trainingImages : size;
    }

    /**
     * @param images one for each row
     * @return how many images there are
     */
    static int count(NDArray images, int size) {
        long count = images.getShape().get(0);
        if (count > size) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "coarseHead.size: there is room for " + size + " training images; found " + count,
                    "Raise coarseHead.size or leave it out, or train with fewer images: protocol.fewShot.");
        }
        return (int) count;
    }

    /** Sets the first rows; the others become zero. */
    static void fill(Parameter parameter, NDArray rows) {
        set(parameter, 0);
        parameter.getArray().set(new NDIndex(":" + rows.getShape().get(0)), rows);
    }

    static void set(Parameter parameter, double value) {
        parameter.getArray().set(new NDIndex("..."), (float) value);
    }
}
