package org.example.filllevel;

import io.numclip.spi.InvalidSettingException;
import io.numclip.spi.Constants;
import io.numclip.spi.HeadContext;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.spi.FineHead;
import org.pf4j.Extension;

/**
 * The mean of trained anchors: ŷ = Σ p_k · (b_k + reach · w_k · tanh m_k), where p = softmax(logits), b_k and w_k are
 * anchor and width of bin k, and m_k is trained, starting at 0.
 */
public final class MovingAnchorsHead extends AbstractBlock implements FineHead {

    private final float[] anchors; // (K)
    private final float[] reach; // (K)
    private final Parameter move;

    private MovingAnchorsHead(Config config, Bins bins) {
        anchors = new float[bins.size()];
        reach = new float[bins.size()];
        for (int k = 0; k < bins.size(); k++) {
            Bin bin = bins.get(k);
            anchors[k] = (float) bin.anchor();
            reach[k] = (float) (config.reach() * (bin.upper() - bin.lower()));
        }
        move = addParameter(Parameter.builder()
                .setName("move")
                .setType(Parameter.Type.WEIGHT)
                .optInitializer(Initializer.ZEROS)
                .optShape(new Shape(bins.size()))
                .build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> unused) {
        NDArray logits = inputs.get(0); // (N, K)
        NDArray moved = parameters
                .getValue(move, logits.getDevice(), training)
                .tanh()
                .mul(Constants.vector(logits, reach))
                .add(Constants.vector(logits, anchors)); // (K)
        return new NDList(logits.softmax(1).matMul(moved)); // (N)
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0))};
    }

    /** @param reach how far an anchor may move, in widths of its bin */
    public record Config(double reach) {
        public Config {
            if (!(reach > 0 && reach <= 1)) {
                throw new InvalidSettingException("reach", "must be above 0 and at most 1; found " + reach);
            }
        }
    }

    /** {@code type: moving-anchors}. */
    @Extension
    public static final class Factory implements FineHead.Factory<Config> {

        @Override
        public String type() {
            return "moving-anchors";
        }

        @Override
        public Config defaults() {
            return new Config(0.5);
        }

        @Override
        public FineHead create(Config config, HeadContext context) {
            return new MovingAnchorsHead(config, context.bins());
        }
    }
}
