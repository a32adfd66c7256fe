package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import io.numclip.data.Bins;
import io.numclip.spi.Constants;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import org.pf4j.Extension;

/**
 * A regression term of the objective: the mean of |value − label|, in the unit of the label scale, or in hundredths of a scale that is
 * wider than 100. It is the paper's regression loss, and the metric MAE.
 */
public final class AbsoluteError implements RankingLoss {

    private final double factor;

    private AbsoluteError(Bins bins) {
        factor = LabelUnit.factor(bins);
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray error = output.value().sub(targets.values()).abs().mean(); // scalar
        return factor == 1 ? error : error.mul(Constants.number(error, factor)); // scalar
    }

    /** No settings. */
    public record Config() {}

    /** {@code type: absolute-error}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "absolute-error";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public String source() {
            return "NumCLIP: Du et al., ECCV 2024, arXiv:2408.03574; |value − label|";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new AbsoluteError(context.bins());
        }
    }
}
