package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import org.pf4j.Extension;

/**
 * A term of the objective over thresholds: CORN's loss (Shi, Cao and Raschka 2021). Threshold k asks "is the label
 * above concept k?" only of images that reach concept k, and the mean is over all questions asked. The log odds of
 * P(y &gt; k | y ≥ k) come from the concept probabilities: log P(y &gt; k) − log P(y = k). With the coarse head
 * {@code corn} they are exactly that head's binary logits.
 */
public final class CornLoss implements RankingLoss {

    private CornLoss() {}

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray logits = output.logits(); // (N, K)
        NDArray odds = Thresholds.logAbove(logits).sub(logits.get(":, :-1")); // (N, K − 1)
        NDArray terms = Thresholds.crossEntropy(odds, Thresholds.isAbove(targets.bins(), logits)); // (N, K − 1)
        NDArray asked = Thresholds.isReached(targets.bins(), logits); // (N, K − 1); the first asks every image
        return terms.mul(asked).sum().div(asked.sum()); // scalar
    }

    /** No settings. */
    public record Config() {}

    /** {@code type: corn}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

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
            return "CORN: Shi, Cao and Raschka 2021, arXiv:2111.08851; mean BCE(y > k given y ≥ k)";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new CornLoss();
        }
    }
}
