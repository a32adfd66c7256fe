package io.numclip.server.work;

import io.numclip.data.Prediction;

/** Told what the work takes; called by several threads. */
public interface WorkListener {

    void decoded(double seconds, boolean readable);

    /** A batch is done. */
    void predicted(double seconds, int images);

    /** An image of the batch has a number of a model that was asked. */
    void predicted(int model, Prediction prediction);
}
