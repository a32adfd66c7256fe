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
 * The anchor of the likeliest concept: ŷ = anchor_k with k = argmax z. Zero-shot classification with CLIP as it is
 * commonly done (Radford et al. 2021, section 3.1). Gradients pass straight through, as if it were the mean of the
 * anchors under the concept probabilities (Bengio et al. 2013). Has no parameters.
 */
public final class LikeliestHead extends AbstractBlock implements FineHead {

    private final float[] anchors; // (K)

    private LikeliestHead(Bins bins) {
        anchors = Anchors.BIN.of(bins);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> unused) {
        NDArray logits = inputs.get(0); // (N, K)
        NDArray numbers = Anchors.on(anchors, logits); // (K)
        NDArray likeliest = logits.argMax(1).oneHot(anchors.length).matMul(numbers); // (N)
        NDArray mean = logits.softmax(1).matMul(numbers); // (N)
        return new NDList(likeliest.add(mean.sub(mean.stopGradient()))); // (N)
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0))};
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
        public FineHead create(Config config, Context context) {
            return new LikeliestHead(context.bins());
        }
    }
}
