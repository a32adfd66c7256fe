package io.numclip.host.predict;

import io.numclip.data.Prediction;

/** Told what the work takes; called by several threads. */
public interface EngineListener {

    /** An image was decoded, or could not be. */
    default void decoded(double seconds, boolean readable) {}

    /** A batch is done. */
    default void predicted(double seconds, int images) {}

    /** An image of the batch has a number of a model that was asked. */
    default void predicted(int model, Prediction prediction) {}
}
