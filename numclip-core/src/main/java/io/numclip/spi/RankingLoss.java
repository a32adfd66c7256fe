package io.numclip.spi;

import ai.djl.ndarray.NDArray;
import io.numclip.data.Bins;
import java.util.List;

/**
 * One term of the training objective. The total is the weighted sum of all terms that a run names. Do not use plain
 * numbers as operands where gradients flow; {@link FineHead} explains why.
 */
public interface RankingLoss {

    /** @return a scalar: the mean over the batch, finite for every batch, differentiable in {@code output} */
    NDArray evaluate(NumClipOutput output, Targets targets);

    /**
     * What the host knows when it builds a loss.
     *
     * @param bins the K number concepts
     * @param embedDim D, the width of the joint image and text space
     * @param binCounts number of training images in each bin
     */
    record Context(Bins bins, int embedDim, List<Integer> binCounts) {
        public Context {
            binCounts = List.copyOf(binCounts);
        }
    }

    /** Creates a loss for the bins of a run. */
    interface Factory<C extends Record> extends ComponentFactory<C> {
        RankingLoss create(C config, Context context);

        /** Whether the loss looks at the text features, as for {@link CoarseHead.Factory#readsTexts()}. */
        default boolean readsTexts() {
            return false;
        }
    }
}
