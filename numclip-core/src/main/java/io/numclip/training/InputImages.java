package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.numclip.input.View;
import io.numclip.model.NumClipModel;
import io.numclip.spi.NumClipOutput;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;

/** The input of the network: pixels, or the features of a frozen image tower. */
interface InputImages extends AutoCloseable {

    /** A batch that provides its image features. */
    interface Batch {

        List<Integer> indices();

        /** @return (N, D) the image tower's features of the images */
        NDArray features(NumClipModel model, NDManager scope, boolean training);

        /**
         * To be called after the backward pass of the losses: propagates their gradients into the image tower if that
         * is still to be done.
         *
         * @param features as {@link #features} returned them for training
         */
        default void backward(NumClipModel model, NDArray features, GradientCollector collector) {}

        /** The output of the whole network, without a graph. */
        default NumClipOutput predict(NumClipModel model, NDManager scope) {
            return model.forwardFeatures(features(model, scope, false), false);
        }
    }

    /** @param views how the image of an index is seen */
    Iterator<Batch> batches(int[] order, int batchSize, IntFunction<View> views);

    /** Whether training steps have threads of their own for the image tower, so that the rest of a step needs just one. */
    default boolean isDivided() {
        return false;
    }

    @Override
    void close();
}
