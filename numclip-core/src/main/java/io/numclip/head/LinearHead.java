package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.HeadContext;
import java.util.function.Function;
import org.pf4j.Extension;

/**
 * A linear probe: z = W·f + b over the image features, one row per concept. With cross-entropy this is multinomial
 * logistic regression, the probe of the CLIP paper (Radford et al. 2021, section 3.2).
 */
public final class LinearHead extends FeatureHead {

    private final Parameter weight;
    private final Parameter bias;

    private LinearHead(HeadContext context) {
        super(context);
        weight = weight("weight", new Shape(context.bins().size(), context.embedDim()));
        bias = bias("bias", new float[context.bins().size()]);
    }

    @Override
    NDArray logits(NDArray features, Function<Parameter, NDArray> value) {
        return features.matMul(value.apply(weight).transpose()).add(value.apply(bias)); // (N, K)
    }

    /** No settings. */
    public record Config() {}

    /** {@code type: linear}. */
    @Extension
    public static final class Factory implements CoarseHead.Factory<Config> {

        @Override
        public String type() {
            return "linear";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public String source() {
            return "linear probe: Radford et al. 2021, arXiv:2103.00020, section 3.2; z = W·f + b";
        }

        @Override
        public CoarseHead create(Config config, HeadContext context) {
            return new LinearHead(context);
        }
    }
}
