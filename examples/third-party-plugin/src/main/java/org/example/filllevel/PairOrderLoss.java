package org.example.filllevel;

import io.numclip.spi.InvalidSettingException;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import org.pf4j.Extension;

/**
 * The fuller glass should get the higher number: the mean over all pairs with y_i &gt; y_j of
 * max(0, margin − (ŷ_i − ŷ_j)). It is 0 for a batch without such a pair.
 */
public final class PairOrderLoss implements RankingLoss {

    private final double margin;

    private PairOrderLoss(Config config) {
        margin = config.margin();
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray labels = targets.values(); // (N)
        NDArray order = labels.expandDims(1).sub(labels).sign(); // (N, N): 1 where the row's label is the higher one
        NDArray gap = output.value().expandDims(1).sub(output.value()); // (N, N)
        NDArray shortfall = Activation.relu(gap.mul(order).neg().add(margin)); // (N, N)
        NDArray pairs = order.abs(); // (N, N): 0 for equal labels
        return shortfall.mul(pairs).sum().div(pairs.sum().maximum(1)); // scalar
    }

    /** @param margin how far two numbers should be apart, in the unit of the label scale */
    public record Config(double margin) {
        public Config {
            if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
                throw new InvalidSettingException("margin", "must be 0 or more; found " + margin);
            }
        }
    }

    /** {@code type: pair-order}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "pair-order";
        }

        @Override
        public Config defaults() {
            return new Config(1);
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new PairOrderLoss(config);
        }
    }
}
