package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import java.util.Objects;
import org.pf4j.Extension;

/**
 * A term of the objective that ranks pairs of images, after RankNet (Burges et al., ICML 2005): of two images with
 * different labels, the one with the larger label should get the larger value. The mean over all such pairs of the
 * batch; 0 if there are none.
 */
public final class PairwiseRanking implements RankingLoss {

    private final Config config;

    private PairwiseRanking(Config config) {
        this.config = config;
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray values = output.value().reshape(-1, 1); // (N, 1)
        NDArray labels = targets.values().reshape(-1, 1); // (N, 1)
        NDArray ordered = labels.gt(labels.transpose()).toType(DataType.FLOAT32, false); // (N, N) 1 where i is above j
        NDArray lead = values.sub(values.transpose()); // (N, N)
        NDArray terms = config.form().penalty(lead.neg().add(config.margin())); // (N, N)
        return terms.mul(ordered).sum().div(ordered.sum().maximum(1)); // scalar
    }

    /** The cost of a pair, from how far its lead falls short of the margin. */
    public enum Form {
        /** RankNet: log(1 + exp(margin − lead)). */
        LOGISTIC {
            @Override
            NDArray penalty(NDArray lack) {
                return Activation.softPlus(lack); // (N, N)
            }
        },
        /** The ranking support vector machine: max(0, margin − lead). */
        HINGE {
            @Override
            NDArray penalty(NDArray lack) {
                return Activation.relu(lack); // (N, N)
            }
        };

        abstract NDArray penalty(NDArray lack);
    }

    /**
     * @param form the cost of a pair
     * @param margin the lead that is required, in the unit of the label scale
     */
    public record Config(Form form, double margin) {
        public Config {
            Objects.requireNonNull(form, "form");
            Range.notNegative("margin", margin);
        }
    }

    /** {@code type: pairwise-ranking}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "pairwise-ranking";
        }

        @Override
        public Config defaults() {
            return new Config(Form.LOGISTIC, 0);
        }

        @Override
        public String source() {
            return "RankNet: Burges et al., ICML 2005; log(1 + exp(margin − lead)) over pairs";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new PairwiseRanking(config);
        }
    }
}
