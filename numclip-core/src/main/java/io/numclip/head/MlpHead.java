package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.HeadContext;
import io.numclip.spi.InvalidSettingException;
import java.util.function.Function;
import org.pf4j.Extension;

/** A classifier with one hidden layer over the image features: z = W₂·ReLU(W₁·f + b₁) + b₂, one row of W₂ per class. */
public final class MlpHead extends FeatureHead {

    private final Parameter hiddenWeight;
    private final Parameter hiddenBias;
    private final Parameter weight;
    private final Parameter bias;

    private MlpHead(Config config, HeadContext context) {
        super(context);
        int classes = context.bins().size();
        int width = context.embedDim();
        hiddenWeight = weight("hidden.weight", new Shape(config.hidden(), width), Math.sqrt(2.0 / width));
        hiddenBias = bias("hidden.bias", new float[config.hidden()]);
        weight = weight("weight", new Shape(classes, config.hidden()));
        bias = bias("bias", new float[classes]);
    }

    @Override
    NDArray logits(NDArray features, Function<Parameter, NDArray> value) {
        NDArray hidden =
                Activation.relu(features.matMul(value.apply(hiddenWeight).transpose()) // (N, H)
                        .add(value.apply(hiddenBias))); // (N, H)
        return hidden.matMul(value.apply(weight).transpose()).add(value.apply(bias)); // (N, K)
    }

    /** @param hidden H, the width of the hidden layer */
    public record Config(int hidden) {
        public Config {
            if (hidden < 1 || hidden > 65_536) {
                throw new InvalidSettingException("hidden", "must lie within [1, 65536]; found " + hidden);
            }
        }
    }

    /** {@code type: mlp}. */
    @Extension
    public static final class Factory implements CoarseHead.Factory<Config> {

        @Override
        public String type() {
            return "mlp";
        }

        @Override
        public Config defaults() {
            return new Config(256);
        }

        @Override
        public String source() {
            return "multilayer perceptron: Rumelhart, Hinton, Williams 1986; He et al. 2015 for the start of W₁";
        }

        @Override
        public CoarseHead create(Config config, HeadContext context) {
            return new MlpHead(config, context);
        }
    }
}
