package io.numclip.server.work;

import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import java.util.List;

/** Images in, predictions out; several threads use it at once. */
public interface Scoring {

    /** An image, decoded and brought to the size that the models take; to be closed. */
    interface Decoded extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Decodes an image on the calling thread.
     *
     * @param image the content of a file that is an image
     * @param models indices of those that are to predict it
     * @throws NumClipException if it cannot be read; the message says why
     */
    Decoded read(byte[] image, List<Integer> models);

    /**
     * Told once on the thread of each worker, before its first batch: the workers share the processors.
     *
     * @param workers how many there are
     */
    default void share(int workers) {}

    /** @return for each image the predictions of the models that it was read for, in their order */
    List<List<Prediction>> predict(List<Decoded> images);
}
