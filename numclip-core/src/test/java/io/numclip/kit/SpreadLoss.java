package io.numclip.kit;

import ai.djl.ndarray.NDArray;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;

/** Broken: divides by the spread of the labels, which is 0 where all labels are equal. */
final class SpreadLoss implements RankingLoss {

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray spread = targets.values().sub(targets.values().mean()).abs(); // (N)
        return output.value()
                .sub(targets.values())
                .abs()
                .mean()
                .mul(spread.div(spread.sum()).sum()); // scalar
    }

    record Config() {}

    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "spread";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new SpreadLoss();
        }
    }
}
