package io.numclip.head;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.numclip.spi.ConceptNumbers;
import io.numclip.spi.Constants;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Soft stagewise regression, the fine stage of NumCLIP (section 3.2): ŷ = o + Σ p_k · (b_k − o) / (1 + δ_k), where
 * p = softmax(z), δ = tanh(B·h + d), h = ReLU(A·z + c), z are the logits, b the anchors and o the bottom of the scale.
 *
 * <p>The published code has no o: its scales begin at 0, where both are the same. Without o, a year such as 1955 would
 * depend on the third digit of δ.
 *
 * <p>Since δ lies in (−1, 1), concept k can give any number above o + (b_k − o) / 2; an anchor at o can only give o.
 * Parameters, with the names of the published checkpoint in brackets: {@code hidden.weight} (2K, K) and
 * {@code hidden.bias} [FC_after_PB.0], {@code delta.weight} (K, 2K) and {@code delta.bias} [delta_k.0]; learnable
 * anchors add {@code anchor.shift} (K), how far each has moved, in widths of its bin.
 */
public final class SsrHead extends AbstractBlock implements FineHead {

    private static final float INITIAL_DEVIATION = 0.001f;

    /** Where 1 + δ falls below 1e-4, e^t continues as a straight line: the value and its gradient stay finite. */
    public static final float LARGEST_EXPONENT = 10;

    private final Config config;
    private final float origin;
    private final float[] anchors; // (K), relative to the origin
    private final Parameter hiddenWeight = weight("hidden.weight");
    private final Parameter hiddenBias = bias("hidden.bias");
    private final Parameter deltaWeight = weight("delta.weight");
    private final Parameter deltaBias = bias("delta.bias");
    private final Parameter anchorShift = bias("anchor.shift");
    private final float[] widths; // (K) of the bins
    private final boolean delta;
    private final boolean learnable;

    private SsrHead(Config config, HeadContext context) {
        this.config = config;
        origin = (float) context.bins().get(0).lower();
        anchors = config.anchor().of(context.bins());
        for (int k = 0; k < anchors.length; k++) {
            anchors[k] -= origin;
        }
        widths = Anchors.widths(context.bins());
        learnable = config.anchor() == Anchors.LEARNABLE;
        if (learnable) {
            addParameter(anchorShift);
        }
        delta = config.delta();
        if (delta) {
            addParameter(hiddenWeight);
            addParameter(hiddenBias);
            addParameter(deltaWeight);
            addParameter(deltaBias);
        }
    }

    @Override
    protected void prepare(Shape[] inputShapes) {
        long concepts = anchors.length;
        hiddenWeight.setShape(new Shape(2 * concepts, concepts));
        hiddenBias.setShape(new Shape(2 * concepts));
        deltaWeight.setShape(new Shape(concepts, 2 * concepts));
        deltaBias.setShape(new Shape(concepts));
        anchorShift.setShape(new Shape(concepts));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> unused) {
        NDArray logits = inputs.get(0); // (N, K)
        NDArray shares = logits.softmax(1); // (N, K)
        if (delta) {
            shares = shares.mul(stretch(parameters, logits, training)); // (N, K)
        }
        return new NDList(shares.matMul(anchors(parameters, logits, training)).add(origin)); // (N)
    }

    @Override
    public Optional<ConceptNumbers> conceptNumbers(ParameterStore parameters, NDArray logits, NDArray imageFeatures) {
        NDArray stretched = delta ? stretch(parameters, logits, false) : logits.onesLike(); // (N, K)
        NDArray numbers = stretched.mul(anchors(parameters, logits, false)).add(origin); // (N, K)
        return Optional.of(new ConceptNumbers(logits.softmax(1), numbers));
    }

    private NDArray anchors(ParameterStore parameters, NDArray logits, boolean training) {
        NDArray start = Constants.vector(logits, anchors); // (K)
        if (!learnable) {
            return start;
        }
        NDArray shift = parameters.getValue(anchorShift, logits.getDevice(), training); // (K)
        return shift.mul(Constants.vector(logits, widths)).add(start); // (K)
    }

    /** 1 / (1 + tanh x) in its safe form (1 + e^(−2x)) / 2: no division, no cancellation. */
    private NDArray stretch(ParameterStore parameters, NDArray logits, boolean training) {
        Device device = logits.getDevice();
        NDArray linear = logits.matMul(
                        parameters.getValue(hiddenWeight, device, training).transpose()) // (N, 2K)
                .add(parameters.getValue(hiddenBias, device, training)); // (N, 2K)
        NDArray hidden = Activation.relu(linear); // (N, 2K)
        NDArray x = hidden.matMul(
                        parameters.getValue(deltaWeight, device, training).transpose()) // (N, K)
                .add(parameters.getValue(deltaBias, device, training)); // (N, K)
        return boundedExp(x.mul(Constants.number(x, -2))).add(1).div(Constants.number(x, 2)); // (N, K)
    }

    private static NDArray boundedExp(NDArray t) {
        NDArray curve = t.clip(-Float.MAX_VALUE, LARGEST_EXPONENT).exp(); // (N, K)
        NDArray line = t.clip(LARGEST_EXPONENT, Float.MAX_VALUE).sub(LARGEST_EXPONENT - 1); // (N, K), 1 along the curve
        return curve.mul(line); // (N, K)
    }

    public Config config() {
        return config;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0))};
    }

    private static Parameter weight(String name) {
        return Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.WEIGHT)
                .optInitializer(new SeededNormal(INITIAL_DEVIATION))
                .build();
    }

    private static Parameter bias(String name) {
        return Parameter.builder().setName(name).setType(Parameter.Type.BIAS).build();
    }

    /**
     * @param anchor the numbers b_k
     * @param delta false leaves δ at 0
     */
    public record Config(Anchors anchor, boolean delta) {
        public Config {
            Objects.requireNonNull(anchor, "anchor");
        }
    }

    /** {@code type: ssr}. */
    @Extension
    public static final class Factory implements FineHead.Factory<Config> {

        @Override
        public String type() {
            return "ssr";
        }

        @Override
        public String source() {
            return "NumCLIP: Du et al. 2024, section 3.2, after SSR-Net; ŷ = o + Σ p_k · (b_k − o) / (1 + δ_k)";
        }

        @Override
        public Config defaults() {
            return new Config(Anchors.BIN, true);
        }

        @Override
        public FineHead create(Config config, HeadContext context) {
            return new SsrHead(config, context);
        }
    }
}
