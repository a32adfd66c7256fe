package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import io.numclip.spi.Constants;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.pf4j.Extension;

/**
 * A term of the objective over thresholds: CORAL's loss (Cao, Mirjalili and Raschka 2020, equation 4), the sum over the
 * K − 1 thresholds of the binary cross-entropy of "is the label above concept k?". The log odds come from the concept
 * probabilities: log P(y &gt; k) − log P(y ≤ k). With the coarse head {@code coral} they are exactly that head's binary
 * logits.
 */
public final class CoralLoss implements RankingLoss {

    private final double[] importance; // one per threshold

    private CoralLoss(Config config, Context context) {
        importance = config.importance().of(context);
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray logits = output.logits(); // (N, K)
        NDArray odds = Thresholds.logAbove(logits).sub(Thresholds.logUpTo(logits)); // (N, K − 1)
        NDArray terms = Thresholds.crossEntropy(odds, Thresholds.isAbove(targets.bins(), logits)); // (N, K − 1)
        NDArray weights = Constants.vector(logits, importance); // (K − 1)
        return terms.mul(weights).sum(new int[] {1}).mean(); // scalar
    }

    /** The weight of each threshold. */
    public enum Importance {
        /** All equal. */
        UNIFORM {
            @Override
            double[] of(Context context) {
                double[] weights = new double[context.bins().size() - 1];
                Arrays.fill(weights, 1);
                return weights;
            }
        },
        /**
         * By the training images on the larger side of a threshold (the paper's task importance): √M_k / max_i √M_i
         * with M_k = max(S_k, S − S_k), S_k the images above concept k, S all of them.
         */
        IMBALANCE {
            @Override
            double[] of(Context context) {
                return imbalance(context.binCounts());
            }
        };

        abstract double[] of(Context context);

        private static double[] imbalance(List<Integer> binCounts) {
            double all = binCounts.stream().mapToInt(Integer::intValue).sum();
            double[] weights = new double[binCounts.size() - 1];
            double above = all;
            for (int k = 0; k < weights.length; k++) {
                above -= binCounts.get(k);
                weights[k] = Math.sqrt(Math.max(1, Math.max(above, all - above)));
            }
            double largest = Arrays.stream(weights).max().orElseThrow();
            return Arrays.stream(weights).map(weight -> weight / largest).toArray();
        }
    }

    /** @param importance the weight of each threshold */
    public record Config(Importance importance) {
        public Config {
            Objects.requireNonNull(importance, "importance");
        }
    }

    /** {@code type: coral}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "coral";
        }

        @Override
        public Config defaults() {
            return new Config(Importance.UNIFORM);
        }

        @Override
        public String source() {
            return "CORAL: Cao, Mirjalili and Raschka 2020, arXiv:1901.07884, eq. 4; Σ_k λ_k · BCE(y > k)";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new CoralLoss(config, context);
        }
    }
}
