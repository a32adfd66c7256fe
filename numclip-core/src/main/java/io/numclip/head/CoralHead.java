package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.HeadContext;
import java.util.function.Function;
import org.pf4j.Extension;

/**
 * One score for an image and K − 1 thresholds: P(y above concept k) = σ(w·f + b_k). The weight is shared, so the
 * probabilities do not contradict each other as long as the biases decrease: they do at the start, and by CORAL's
 * theorem 1 also at the optimum. Train it with the loss {@code coral}.
 */
public final class CoralHead extends FeatureHead {

    private final Parameter weight;
    private final Parameter bias;

    private CoralHead(HeadContext context) {
        super(context);
        int thresholds = context.bins().size() - 1;
        float[] falling = new float[thresholds];
        for (int k = 0; k < thresholds; k++) {
            falling[k] = (thresholds - k) / (float) thresholds;
        }
        weight = weight("weight", new Shape(context.embedDim(), 1));
        bias = bias("bias", falling);
    }

    @Override
    NDArray logits(NDArray features, Function<Parameter, NDArray> value) {
        NDArray thresholds = features.matMul(value.apply(weight)).add(value.apply(bias)); // (N, K − 1)
        return Survival.logits(Survival.logSigmoid(thresholds)); // (N, K)
    }

    /** No settings. */
    public record Config() {}

    /** {@code type: coral}. */
    @Extension
    public static final class Factory implements CoarseHead.Factory<Config> {

        @Override
        public String type() {
            return "coral";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public String source() {
            return "CORAL: Cao, Mirjalili, Raschka 2020, arXiv:1901.07884; P(y > k) = σ(w·f + b_k)";
        }

        @Override
        public CoarseHead create(Config config, HeadContext context) {
            return new CoralHead(context);
        }
    }
}
