package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import io.numclip.spi.Constants;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import java.util.Objects;
import org.pf4j.Extension;

/**
 * A term of the objective on the distribution: one minus Cohen's weighted kappa of the batch, with probabilities
 * instead of counts (de la Torre, Puig and Valls 2018, without the logarithm), Σ_ij ω_ij O_ij / Σ_ij ω_ij E_ij, O the
 * observed and E the chance confusion of predicted concept i and true concept j. In a batch with one label, both are
 * equal: the loss is 1 and trains nothing.
 */
public final class WeightedKappa implements RankingLoss {

    private static final float NEVER_ZERO = 1e-10f; // a double would make the scalar float64

    private final double[][] penalties; // (K, K)

    private WeightedKappa(Config config, int concepts) {
        penalties = new double[concepts][concepts];
        for (int i = 0; i < concepts; i++) {
            for (int j = 0; j < concepts; j++) {
                double apart = Math.abs(i - j) / (concepts - 1.0);
                penalties[i][j] = config.penalty() == Penalty.QUADRATIC ? apart * apart : apart;
            }
        }
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray found = output.logits().softmax(1); // (N, K)
        NDArray truth = targets.bins().oneHot(penalties.length); // (N, K)
        NDArray weights = Constants.table(found, penalties); // (K, K)
        NDArray observed = found.transpose().matMul(truth); // (K, K)
        NDArray chance = found.sum(new int[] {0}).reshape(-1, 1).matMul(truth.mean(new int[] {0}, true)); // (K, K)
        NDArray disagreement = weights.mul(observed).sum(); // ()
        return disagreement.div(weights.mul(chance).sum().add(NEVER_ZERO)); // scalar
    }

    /** The cost of confusing two concepts. */
    public enum Penalty {
        /** Their distance. */
        LINEAR,
        /** Its square. */
        QUADRATIC
    }

    /** @param penalty the cost of confusing two concepts */
    public record Config(Penalty penalty) {
        public Config {
            Objects.requireNonNull(penalty, "penalty");
        }
    }

    /** {@code type: weighted-kappa}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "weighted-kappa";
        }

        @Override
        public Config defaults() {
            return new Config(Penalty.QUADRATIC);
        }

        @Override
        public String source() {
            return "Weighted kappa: de la Torre, Puig and Valls, Pattern Recognition Letters 2018; Σ ω · O / Σ ω · E = 1 − κ";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new WeightedKappa(config, context.bins().size());
        }
    }
}
