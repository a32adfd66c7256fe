package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import org.pf4j.Extension;

/**
 * A regression term of the objective: the mean of |value − label|, in the unit of the label scale. It is the paper's
 * regression loss, and the metric MAE.
 */
public final class AbsoluteError implements RankingLoss {

    private AbsoluteError() {}

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        return output.value().sub(targets.values()).abs().mean(); // scalar
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
            return new AbsoluteError();
        }
    }
}
