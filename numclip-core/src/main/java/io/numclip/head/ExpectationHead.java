package io.numclip.head;

import ai.djl.ndarray.NDArray;
import io.numclip.data.Bins;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import org.pf4j.Extension;

/**
 * The mean of the anchors under the concept probabilities: ŷ = Σ p_k · anchor_k with p = softmax(logits). It has no
 * parameters; with untrained prompts this is zero-shot CLIP.
 */
public final class ExpectationHead extends AnchorHead {

    private ExpectationHead(Bins bins) {
        super(bins);
    }

    @Override
    NDArray value(NDArray logits, NDArray anchors) {
        return weights(logits).matMul(anchors); // (N)
    }

    @Override
    NDArray weights(NDArray logits) {
        return logits.softmax(1); // (N, K)
    }

    /** No settings: the anchors come with the bins. */
    public record Config() {}

    /** {@code type: expectation}. */
    @Extension
    public static final class Factory implements FineHead.Factory<Config> {

        @Override
        public String type() {
            return "expectation";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public FineHead create(Config config, HeadContext context) {
            return new ExpectationHead(context.bins());
        }
    }
}
