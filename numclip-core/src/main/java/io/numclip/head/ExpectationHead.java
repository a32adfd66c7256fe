package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.numclip.data.Bins;
import io.numclip.spi.FineHead;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * The mean of the anchors under the concept probabilities: ŷ = Σ p_k · anchor_k with p = softmax(logits). Has no
 * parameters; with untrained prompts this is zero-shot CLIP.
 */
public final class ExpectationHead extends AbstractBlock implements FineHead {

    private final float[] anchors; // (K)

    private ExpectationHead(Bins bins) {
        anchors = Anchors.BIN.of(bins);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> unused) {
        NDArray logits = inputs.get(0); // (N, K)
        NDArray probabilities = logits.softmax(1); // (N, K)
        return new NDList(probabilities.matMul(Anchors.on(anchors, logits))); // (N)
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0))};
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
        public FineHead create(Config config, Context context) {
            return new ExpectationHead(context.bins());
        }
    }
}
