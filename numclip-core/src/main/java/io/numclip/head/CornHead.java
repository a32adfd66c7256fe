package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.HeadContext;
import java.util.function.Function;
import org.pf4j.Extension;

/**
 * A chain of conditional probabilities: P(y above concept k, given that it is not below) = σ(w_k·f + b_k). Their
 * products decrease with k, whatever the weights. Train it with the loss {@code corn}.
 */
public final class CornHead extends FeatureHead {

    private static final int CONCEPT_AXIS = 1;

    private final Parameter weight;
    private final Parameter bias;

    private CornHead(HeadContext context) {
        super(context);
        int thresholds = context.bins().size() - 1;
        weight = weight("weight", new Shape(thresholds, context.embedDim()));
        bias = bias("bias", new float[thresholds]);
    }

    @Override
    NDArray logits(NDArray features, Function<Parameter, NDArray> value) {
        NDArray questions = features.matMul(value.apply(weight).transpose()).add(value.apply(bias)); // (N, K − 1)
        return Survival.logits(Survival.logSigmoid(questions).cumSum(CONCEPT_AXIS)); // (N, K)
    }

    /** No settings. */
    public record Config() {}

    /** {@code type: corn}. */
    @Extension
    public static final class Factory implements CoarseHead.Factory<Config> {

        @Override
        public String type() {
            return "corn";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public String source() {
            return "CORN: Shi, Cao, Raschka 2023, arXiv:2111.08851; P(y > k | y ≥ k) = σ(w_k·f + b_k)";
        }

        @Override
        public CoarseHead create(Config config, HeadContext context) {
            return new CornHead(context);
        }
    }
}
