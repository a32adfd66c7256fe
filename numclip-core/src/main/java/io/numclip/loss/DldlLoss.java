package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import io.numclip.data.Bins;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import org.pf4j.Extension;

/**
 * A term of the objective with soft labels: deep label distribution learning (Gao et al., IEEE TIP 2017), KL(q ‖ p)
 * with q a Gaussian around the label itself, evaluated at the anchors: q_k ∝ exp(−(anchor_k − y)² / 2σ²).
 */
public final class DldlLoss implements RankingLoss {

    private final GaussianLabels labels;

    private DldlLoss(Config config, Bins bins) {
        labels = new GaussianLabels(bins, config.spread());
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray logits = output.logits(); // (N, K)
        return SoftLabels.divergence(labels.log(targets, logits), logits); // scalar
    }

    /** @param spread σ in units of the mean distance between neighbouring anchors */
    public record Config(double spread) {
        public Config {
            Range.positive("spread", spread);
        }
    }

    /** {@code type: dldl}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "dldl";
        }

        @Override
        public Config defaults() {
            return new Config(0.5);
        }

        @Override
        public String source() {
            return "DLDL: Gao et al., IEEE TIP 2017, arXiv:1611.01731; KL(Gaussian around y ‖ p)";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new DldlLoss(config, context.bins());
        }
    }
}
