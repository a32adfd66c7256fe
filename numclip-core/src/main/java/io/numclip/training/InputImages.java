package io.numclip.training;

import ai.djl.ndarray.NDManager;
import io.numclip.model.NumClipModel;
import io.numclip.spi.NumClipOutput;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntPredicate;

/** What the network is fed with: pixels, or what a frozen image tower made of them. */
interface InputImages extends AutoCloseable {

    /** A batch that knows how to go through the network. */
    interface Batch {

        List<Integer> indices();

        NumClipOutput forward(NumClipModel model, NDManager scope, boolean training);
    }

    /** @param mirrored tells of an index whether its image is flipped */
    Iterator<Batch> batches(int[] order, int batchSize, IntPredicate mirrored);

    @Override
    void close();
}
