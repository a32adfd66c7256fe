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
     * @param image the content of a JPEG or PNG file
     * @throws NumClipException if it cannot be read; the message says why
     */
    Decoded read(byte[] image);

    /** @return for each image one prediction of each model, in the order of the models */
    List<List<Prediction>> predict(List<Decoded> images);
}
