package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.numclip.data.Bins;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import org.pf4j.Extension;

/**
 * The anchor of the median concept: the first one up to which at least half of the probability lies, which has the least expected
 * absolute error. Gradients pass straight through, as with {@link LikeliestHead}. It has no parameters.
 */
public final class MedianHead extends AnchorHead {

    private MedianHead(Bins bins) {
        super(bins);
    }

    @Override
    NDArray value(NDArray logits, NDArray anchors) {
        return straightThrough(weights(logits), logits, anchors);
    }

    @Override
    NDArray weights(NDArray logits) {
        int concepts = (int) logits.getShape().get(1);
        NDArray below = logits.softmax(1).cumSum(1).lt(0.5f); // (N, K)
        NDArray median = below.toType(DataType.INT64, false).sum(new int[] {1}); // (N)
        return median.clip(0, concepts - 1).oneHot(concepts); // (N, K)
    }

    /** No settings: the anchors come with the bins. */
    public record Config() {}

    /** {@code type: median}. */
    @Extension
    public static final class Factory implements FineHead.Factory<Config> {

        @Override
        public String type() {
            return "median";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public FineHead create(Config config, HeadContext context) {
            return new MedianHead(context.bins());
        }
    }
}
