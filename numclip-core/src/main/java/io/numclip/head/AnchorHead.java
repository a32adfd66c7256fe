package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.numclip.data.Bins;
import io.numclip.spi.ConceptNumbers;
import io.numclip.spi.Constants;
import io.numclip.spi.FineHead;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A head without parameters: it needs only logits and the anchors of the bins. */
abstract class AnchorHead extends AbstractBlock implements FineHead {

    private final float[] anchors; // (K)

    AnchorHead(Bins bins) {
        anchors = Anchors.BIN.of(bins);
    }

    /**
     * @param logits (N, K)
     * @param anchors (K)
     * @return (N)
     */
    abstract NDArray value(NDArray logits, NDArray anchors);

    /**
     * @param logits (N, K)
     * @return (N, K) what the anchors are multiplied by
     */
    abstract NDArray weights(NDArray logits);

    /**
     * The anchors of one concept for each image. Gradients pass straight through, as if it were the mean of the anchors under the
     * concept probabilities (Bengio et al. 2013).
     *
     * @param chosen (N, K) 1 for that concept, else 0
     * @return (N)
     */
    static NDArray straightThrough(NDArray chosen, NDArray logits, NDArray anchors) {
        NDArray mean = logits.softmax(1).matMul(anchors); // (N)
        return chosen.matMul(anchors).add(mean.sub(mean.stopGradient())); // (N)
    }

    @Override
    public final Optional<ConceptNumbers> conceptNumbers(
            ParameterStore parameters, NDArray logits, NDArray imageFeatures) {
        NDArray numbers = logits.zerosLike().add(Constants.vector(logits, anchors)); // (N, K)
        return Optional.of(new ConceptNumbers(weights(logits), numbers));
    }

    @Override
    protected final NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> unused) {
        NDArray logits = inputs.get(0); // (N, K)
        return new NDList(value(logits, Constants.vector(logits, anchors))); // (N)
    }

    @Override
    public final Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0))};
    }
}
