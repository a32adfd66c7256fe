package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
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

    /**
     * Squared. Those of an image are computed by themselves, so that they have the same bits whatever else is in its batch, and from
     * differences, because cosines of much alike images are equal in float32. Nothing small is kept between two images: it would
     * lie in the memory that the last large one has left, and the next one would need new memory.
     *
     * @param features (N, D)
     * @param known (n, D)
     * @return (N, n)
     */
    static NDArray distances(NDArray features, NDArray known) {
        long images = features.getShape().get(0);
        NDArray distances =
                features.getManager().zeros(new Shape(images, known.getShape().get(0)));
        for (long i = 0; i < images; i++) {
            try (NDArray image = features.get(i); // (D)
                    NDArray difference = known.sub(image); // (n, D)
                    NDArray squares = difference.square();
                    NDArray sums = squares.sum(new int[] {1})) { // (n)
                distances.set(new NDIndex("{}", i), sums);
            }
        }
        return distances;
    }
}
