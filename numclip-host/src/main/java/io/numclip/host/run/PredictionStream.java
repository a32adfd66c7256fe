package io.numclip.host.run;

import java.io.IOException;

/** Predictions that come one after another; memory does not grow with the number of images. */
public final class PredictionStream {

    /** The number of images that go through the network together, or fewer where memory is short. */
    public static final int BATCH = 16;

    private PredictionStream() {}

    /** Told of what was found in each image, in the order of the images. */
    @FunctionalInterface
    public interface Sink<T> {
        /** @param index of the image, from 0 */
        void predicted(int index, T found) throws IOException;
    }
}
