package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import io.numclip.data.Bins;
import io.numclip.spi.Constants;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import org.pf4j.Extension;

/**
 * A term of the objective with soft labels: DLDL-v2 (Gao et al., IJCAI 2018), the divergence of {@link DldlLoss} plus
 * λ · |Σ_k p_k · anchor_k − y|, so that the expectation is trained together with the distribution.
 */
public final class DldlV2Loss implements RankingLoss {

    private final GaussianLabels labels;
    private final double[] anchors;
    private final double weight;

    private DldlV2Loss(Config config, Bins bins) {
        labels = new GaussianLabels(bins, config.spread());
        anchors = bins.anchors();
        weight = config.expectation();
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray logits = output.logits(); // (N, K)
        NDArray divergence = SoftLabels.divergence(labels.log(targets, logits), logits); // scalar
        NDArray expectation = logits.softmax(1).matMul(Constants.vector(logits, anchors)); // (N)
        NDArray error = expectation.sub(targets.values()).abs().mean(); // scalar
        return divergence.add(error.mul(Constants.number(logits, weight))); // scalar
    }

    /**
     * @param spread σ of the label distribution in units of the mean distance between neighbouring anchors
     * @param expectation λ, weight of the error of the expectation, per unit of the label scale
     */
    public record Config(double spread, double expectation) {
        public Config {
            Range.positive("spread", spread);
            Range.notNegative("expectation", expectation);
        }
    }

    /** {@code type: dldl-v2}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "dldl-v2";
        }

        @Override
        public Config defaults() {
            return new Config(0.5, 1);
        }

        @Override
        public String source() {
            return "DLDL-v2: Gao et al., IJCAI 2018; KL(Gaussian around y ‖ p) + λ · |Σ_k p_k · anchor_k − y|";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new DldlV2Loss(config, context.bins());
        }
    }
}
