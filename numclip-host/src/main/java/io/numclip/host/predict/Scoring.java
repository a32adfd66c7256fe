package io.numclip.host.predict;

import io.numclip.data.Prediction;
import java.io.IOException;
import java.util.List;

/** Models that an {@link Engine} sends images through; several threads use them at once. */
public interface Scoring {

    /** An image, decoded and brought to the size that the models take; to be closed. */
    interface Decoded extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Decodes an image on the calling thread.
     *
     * @param models indices of those that are to predict it
     * @throws IOException if it cannot be read; the message says why, without the name of the image
     */
    Decoded read(Object image, List<Integer> models) throws IOException;

    /** @return for each image the predictions of the models that it was read for, in their order */
    List<List<Prediction>> predict(List<Decoded> images);
}
