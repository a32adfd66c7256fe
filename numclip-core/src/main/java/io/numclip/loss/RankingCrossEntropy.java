package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import java.util.Objects;
import org.pf4j.Extension;

/**
 * A ranking term of the objective: the half from image to text of the paper's fine-grained cross-modal ranking-based
 * loss. It is cross-entropy over the concepts, in which a concept weighs more the farther it is from the true one.
 */
public final class RankingCrossEntropy implements RankingLoss {

    private static final int CONCEPT_AXIS = 1;

    private final RankingForm form;

    private RankingCrossEntropy(Config config) {
        form = config.form();
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray logits = output.logits(); // (N, K)
        NDArray distance = BinDistance.of(targets.bins(), logits); // (N, K)
        NDArray positive = distance.eq(0).toType(DataType.FLOAT32, false); // (N, K) 1 at the true concept
        NDArray logProbabilities =
                form.weigh(logits, distance, positive, CONCEPT_AXIS).logSoftmax(1); // (N, K)
        return logProbabilities.gather(targets.bins().reshape(-1, 1), 1).mean().neg(); // scalar
    }

    /** @param form how the distance of a concept enters the loss */
    public record Config(RankingForm form) {
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
            return new Config(RankingForm.REFERENCE);
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
