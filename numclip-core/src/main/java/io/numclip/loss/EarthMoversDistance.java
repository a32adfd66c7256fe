package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import org.pf4j.Extension;

/**
 * A term of the objective on the distribution: the squared earth mover's distance between the concept probabilities and
 * the true concept (Hou, Yu and Samaras 2016), Σ_k (P(predicted ≤ k) − P(true ≤ k))².
 */
public final class EarthMoversDistance implements RankingLoss {

    private EarthMoversDistance() {}

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray probabilities = output.logits().softmax(1); // (N, K)
        int concepts = Math.toIntExact(probabilities.getShape().get(1));
        NDArray surplus = probabilities.sub(targets.bins().oneHot(concepts)); // (N, K)
        return surplus.cumSum(1).square().sum(new int[] {1}).mean(); // scalar
    }

    /** No settings. */
    public record Config() {}

    /** {@code type: emd}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "emd";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public String source() {
            return "Squared EMD: Hou, Yu and Samaras 2016, arXiv:1611.05916; Σ_k (P(predicted ≤ k) − P(true ≤ k))²";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new EarthMoversDistance();
        }
    }
}
