package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import java.util.Objects;
import org.pf4j.Extension;

/**
 * A ranking term of the objective: the half from text to image of the paper's fine-grained cross-modal ranking-based
 * loss. It is KL(target ‖ softmax over the batch of the weighted logits), with the target softmax(10 · [image has the
 * concept]); the mean over the concepts that occur in the batch.
 */
public final class RankingKl implements RankingLoss {

    private static final int BATCH_AXIS = 0;
    private static final float TARGET_SHARPNESS = 10;

    private final RankingForm form;

    private RankingKl(Config config) {
        form = config.form();
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray logits = output.logits(); // (N, K)
        NDArray distance = BinDistance.of(targets.bins(), logits); // (N, K)
        NDArray positive = distance.eq(0).toType(DataType.FLOAT32, false); // (N, K) 1 where the image has the concept
        NDArray present = positive.max(new int[] {BATCH_AXIS}); // (K) 1 where the concept occurs in the batch
        NDArray logTarget = positive.mul(TARGET_SHARPNESS).logSoftmax(BATCH_AXIS); // (N, K)
        NDArray logFound = form.weigh(logits, distance, positive, BATCH_AXIS).logSoftmax(BATCH_AXIS); // (N, K)
        NDArray divergence = logTarget.exp().mul(logTarget.sub(logFound)).sum(new int[] {BATCH_AXIS}); // (K)
        return divergence.mul(present).sum().div(present.sum()); // scalar
    }

    /** @param form how the distance of an image enters the loss */
    public record Config(RankingForm form) {
        public Config {
            Objects.requireNonNull(form, "form");
        }
    }

    /** {@code type: ranking-kl}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "ranking-kl";
        }

        @Override
        public Config defaults() {
            return new Config(RankingForm.REFERENCE);
        }

        @Override
        public String source() {
            return "NumCLIP's published code; FCRC, text to image; plain: OrdinalCLIP, Li et al., NeurIPS 2022, arXiv:2206.02338";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new RankingKl(config);
        }
    }
}
