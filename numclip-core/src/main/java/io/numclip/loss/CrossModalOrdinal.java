package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import org.pf4j.Extension;

/**
 * A term of the objective between images and texts: a cross-modal ordinal pairwise loss after L2RCLIP (Wang et al.,
 * NeurIPS 2023). That paper restructures cross-entropy, whose approximate bound is a pairwise loss, in the joint space
 * as pairs of an image and a concept's text, and brings in the order of the labels. Its code was never released, so the
 * equation follows the work it builds on, Ordinal Entropy (Zhang et al., ICLR 2023): an image is pulled to the text of
 * its concept and pushed away from the texts of the others, the harder the farther their labels are.
 *
 * <p>The loss is the mean over the images i of (1 − cos(z_i, w_y)) − diversity · Σ_k ω_ik (1 − cos(z_i, w_k)), with
 * ω_ik = |y − k| / Σ_m |y − m|. L2RCLIP adds it to the contrastive losses of both directions, {@code ranking-ce} and
 * {@code ranking-kl} with the form {@code plain}.
 */
public final class CrossModalOrdinal implements RankingLoss {

    private final double diversity;

    private CrossModalOrdinal(Config config) {
        diversity = config.diversity();
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray cosines = output.imageFeatures().matMul(output.textFeatures().transpose()); // (N, K)
        NDArray distance = BinDistance.of(targets.bins(), output.logits()); // (N, K)
        NDArray push = BinDistance.share(distance, 1, diversity); // (N, K)
        NDArray pull = targets.bins().oneHot(Math.toIntExact(distance.getShape().get(1))); // (N, K)
        return cosines.neg().add(1).mul(pull.sub(push)).sum(new int[] {1}).mean(); // scalar
    }

    /** @param diversity weight of the push from other concepts */
    public record Config(double diversity) {
        public Config {
            Range.notNegative("diversity", diversity);
        }
    }

    /** {@code type: cross-modal-ordinal}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "cross-modal-ordinal";
        }

        @Override
        public Config defaults() {
            return new Config(1);
        }

        @Override
        public boolean readsTexts() {
            return true;
        }

        @Override
        public String source() {
            return "After L2RCLIP: Wang et al., NeurIPS 2023, arXiv:2306.13856; formula of Ordinal Entropy, arXiv:2301.08915; pull − Σ_k ω_k · push_k";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new CrossModalOrdinal(config);
        }
    }
}
