package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import io.numclip.data.Bins;
import io.numclip.spi.Constants;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import java.util.Objects;
import org.pf4j.Extension;

/**
 * A term of the objective with soft labels: SORD (Díaz and Marathe, CVPR 2019), cross-entropy with
 * softmax_k(−alpha · φ(y, k)), so that a concept weighs less the farther it is from the label.
 */
public final class SordLoss implements RankingLoss {

    private final Config config;
    private final Bins bins;

    private SordLoss(Config config, Bins bins) {
        this.config = config;
        this.bins = bins;
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray logits = output.logits(); // (N, K)
        NDArray apart = config.scale().distance(targets, bins, logits); // (N, K)
        NDArray penalty = config.metric() == Metric.SQUARED ? apart.square() : apart; // (N, K)
        return SoftLabels.crossEntropy(penalty.mul(-config.alpha()).softmax(1), logits); // scalar
    }

    /** φ, as a function of the distance. */
    public enum Metric {
        /** The distance itself. */
        ABSOLUTE,
        /** Its square. */
        SQUARED
    }

    /** The scale on which a distance is measured. */
    public enum Scale {
        /** In bins, from the true concept to concept k. */
        BINS {
            @Override
            NDArray distance(Targets targets, Bins bins, NDArray logits) {
                return BinDistance.of(targets.bins(), logits); // (N, K)
            }
        },
        /** From the label itself to the anchor of concept k, in the unit of the label scale. */
        ANCHORS {
            @Override
            NDArray distance(Targets targets, Bins bins, NDArray logits) {
                NDArray anchors = Constants.vector(logits, bins.anchors()); // (K)
                return targets.values().reshape(-1, 1).sub(anchors).abs(); // (N, K)
            }
        };

        abstract NDArray distance(Targets targets, Bins bins, NDArray logits);
    }

    /**
     * @param metric how a distance becomes a penalty
     * @param scale the scale on which the distance is measured
     * @param alpha how fast the labels fall off; large values approach one-hot labels
     */
    public record Config(Metric metric, Scale scale, double alpha) {
        public Config {
            Objects.requireNonNull(metric, "metric");
            Objects.requireNonNull(scale, "scale");
            Range.positive("alpha", alpha);
        }
    }

    /** {@code type: sord}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "sord";
        }

        @Override
        public Config defaults() {
            return new Config(Metric.ABSOLUTE, Scale.BINS, 1);
        }

        @Override
        public String source() {
            return "SORD: Díaz and Marathe, CVPR 2019; CE with softmax_k(−α · φ(y, k))";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new SordLoss(config, context.bins());
        }
    }
}
