package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.numclip.model.NumClipModel;
import io.numclip.spi.NumClipOutput;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntPredicate;

/** What the network is fed with: pixels, or what a frozen image tower made of them. */
interface InputImages extends AutoCloseable {

    /** A batch that knows how to come by its image features. */
    interface Batch {

        List<Integer> indices();

        /** @return (N, D) what the image tower makes of the images */
        NDArray features(NumClipModel model, NDManager scope, boolean training);

        /**
         * To be called when the losses have gone backward: does what is still owed to the image tower's parameters.
         *
         * @param features as {@link #features} gave them for training
         */
        default void backward(NumClipModel model, NDArray features, GradientCollector collector) {}

        /** Through the whole network, without a graph. */
        default NumClipOutput predict(NumClipModel model, NDManager scope) {
            return model.forwardFeatures(features(model, scope, false), false);
        }
    }

    /** @param mirrored tells of an index whether its image is flipped */
    Iterator<Batch> batches(int[] order, int batchSize, IntPredicate mirrored);

    @Override
    void close();
}
