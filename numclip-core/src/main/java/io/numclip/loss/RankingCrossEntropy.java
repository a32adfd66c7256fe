package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import java.util.Objects;
import org.pf4j.Extension;

/**
 * From image to text, the first half of the paper's fine-grained cross-modal ranking-based loss: cross-entropy over the
 * concepts in which a concept counts the more the farther it is from the true one.
 */
public final class RankingCrossEntropy implements RankingLoss {

    private final Form form;

    private RankingCrossEntropy(Config config) {
        form = config.form();
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray logits = output.logits(); // (N, K)
        NDArray distance = BinDistance.of(targets.bins(), logits); // (N, K)
        NDArray positive = distance.eq(0).toType(DataType.FLOAT32, false); // (N, K) 1 at the true concept
        NDArray logProbabilities = form.weigh(logits, distance, positive).logSoftmax(1); // (N, K)
        return logProbabilities.gather(targets.bins().reshape(-1, 1), 1).mean().neg(); // scalar
    }

    /** How distance enters. With λ_j = |y − j| / Σ_k |y − k|: */
    public enum Form {
        /** As in the published code: logits of the negatives times (K − 1) · λ_j. */
        REFERENCE {
            @Override
            NDArray weigh(NDArray logits, NDArray distance, NDArray positive) {
                double negatives = logits.getShape().get(1) - 1.0;
                return logits.mul(BinDistance.share(distance, 1, negatives).add(positive)); // (N, K)
            }
        },
        /** As in the paper: every negative's term e^z times λ_j, that is, log λ_j added to its logit. */
        PAPER {
            @Override
            NDArray weigh(NDArray logits, NDArray distance, NDArray positive) {
                return logits.add(
                        BinDistance.share(distance, 1, 1).add(positive).log()); // (N, K)
            }
        },
        /** Not at all: ordinary cross-entropy. */
        PLAIN {
            @Override
            NDArray weigh(NDArray logits, NDArray distance, NDArray positive) {
                return logits; // (N, K)
            }
        };

        abstract NDArray weigh(NDArray logits, NDArray distance, NDArray positive);
    }

    /** @param form how the distance of a concept enters */
    public record Config(Form form) {
        public Config {
            Objects.requireNonNull(form, "form");
        }
    }

    /** {@code type: ranking-ce}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "ranking-ce";
        }

        @Override
        public Config defaults() {
            return new Config(Form.REFERENCE);
        }

        @Override
        public String source() {
            return "NumCLIP: Du et al., ECCV 2024, arXiv:2408.03574; FCRC, image to text";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new RankingCrossEntropy(config);
        }
    }
}
