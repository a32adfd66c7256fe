package io.numclip.head;

import ai.djl.ndarray.NDArray;
import io.numclip.data.Bins;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import org.pf4j.Extension;

/**
 * The anchor of the likeliest concept: ŷ = anchor_k with k = argmax z. Zero-shot classification with CLIP as it is
 * commonly done (Radford et al. 2021, section 3.1). Gradients pass straight through, as if it were the mean of the
 * anchors under the concept probabilities (Bengio et al. 2013). It has no parameters.
 */
public final class LikeliestHead extends AnchorHead {

    private LikeliestHead(Bins bins) {
        super(bins);
    }

    @Override
    NDArray value(NDArray logits, NDArray anchors) {
        return straightThrough(weights(logits), logits, anchors);
    }

    @Override
    NDArray weights(NDArray logits) {
        int concepts = (int) logits.getShape().get(1);
        return logits.argMax(1).oneHot(concepts); // (N, K)
    }

    /** No settings: the anchors come with the bins. */
    public record Config() {}

    /** {@code type: likeliest}. */
    @Extension
    public static final class Factory implements FineHead.Factory<Config> {

        @Override
        public String type() {
            return "likeliest";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public FineHead create(Config config, HeadContext context) {
            return new LikeliestHead(context.bins());
        }
    }
}
