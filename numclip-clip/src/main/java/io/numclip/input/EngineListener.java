package io.numclip.input;

import java.util.List;

/**
 * Told what the work takes; called by several threads.
 *
 * @param <R> what is found in an image
 */
public interface EngineListener<R> {

    /** An image was decoded, or could not be. */
    default void decoded(double seconds, boolean readable) {}

    /** A batch is done. */
    default void predicted(double seconds, int images) {}

    /**
     * This was found in an image of the batch.
     *
     * @param models that were asked
     */
    default void found(List<Integer> models, R found) {}
}
