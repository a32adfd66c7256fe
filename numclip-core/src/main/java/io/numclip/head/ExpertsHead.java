package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.numclip.spi.ConceptNumbers;
import io.numclip.spi.Constants;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import io.numclip.spi.InvalidSettingException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * A fine stage that sees the image: each concept has an expert, a linear function of the image features, and the concept
 * probabilities say whom to believe: ŷ = Σ p_k · (b_k + w_k · e_k(f)), where p = softmax(z), b are the anchors, w the
 * widths of the bins, f the image features times √D, and e_k(f) = v_k·f + c_k starts at 0. After the mixture of experts
 * (Jacobs, Jordan, Nowlan, Hinton, Neural Computation 1991), with CLIP's words as the gate.
 *
 * <p>The SSR head, the fine stage of the paper, refines the number from the K logits alone; see {@link SsrHead}.
 */
public final class ExpertsHead extends AbstractBlock implements FineHead {

    private final Config config;
    private final float[] anchors; // (K)
    private final float[] widths; // (K)
    private final float scale; // √D
    private final Parameter weight;
    private final Parameter bias;

    private ExpertsHead(Config config, HeadContext context) {
        this.config = config;
        anchors = config.anchor().of(context.bins());
        widths = Anchors.widths(context.bins());
        scale = (float) Math.sqrt(context.embedDim());
        weight = addParameter(ZeroParameter.of("expert.weight", new Shape(anchors.length, context.embedDim())));
        bias = addParameter(ZeroParameter.of("expert.bias", new Shape(anchors.length)));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> unused) {
        NDArray shares = inputs.get(0).softmax(1); // (N, K)
        NDArray values = values(parameters, inputs.get(1), training); // (N, K)
        return new NDList(shares.mul(values).sum(new int[] {1})); // (N)
    }

    @Override
    public Optional<ConceptNumbers> conceptNumbers(ParameterStore parameters, NDArray logits, NDArray imageFeatures) {
        return Optional.of(new ConceptNumbers(logits.softmax(1), values(parameters, imageFeatures, false)));
    }

    /** What each expert says, (N, K). */
    private NDArray values(ParameterStore parameters, NDArray features, boolean training) {
        NDArray scaled = features.mul(Constants.number(features, scale)); // (N, D)
        NDArray slopes = parameters.getValue(weight, features.getDevice(), training); // (K, D)
        NDArray starts = parameters.getValue(bias, features.getDevice(), training); // (K)
        NDArray experts = scaled.matMul(slopes.transpose()).add(starts); // (N, K)
        return experts.mul(Constants.vector(features, widths)).add(Constants.vector(features, anchors)); // (N, K)
    }

    public Config config() {
        return config;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0))};
    }

    /** @param anchor the numbers b_k; not {@code learnable}, because c_k moves them already */
    public record Config(Anchors anchor) {
        public Config {
            if (Objects.requireNonNull(anchor, "anchor") == Anchors.LEARNABLE) {
                throw new InvalidSettingException(
                        "anchor",
                        "must be bin, left-edge or midpoint, because experts move their anchors; found learnable");
            }
        }
    }

    /** {@code type: experts}. */
    @Extension
    public static final class Factory implements FineHead.Factory<Config> {

        @Override
        public String type() {
            return "experts";
        }

        @Override
        public Config defaults() {
            return new Config(Anchors.BIN);
        }

        @Override
        public String source() {
            return "mixture of experts: Jacobs et al. 1991, gated by number concepts; ŷ = Σ p_k · (b_k + w_k · (v_k·f + c_k))";
        }

        @Override
        public FineHead create(Config config, HeadContext context) {
            return new ExpertsHead(config, context);
        }
    }
}
