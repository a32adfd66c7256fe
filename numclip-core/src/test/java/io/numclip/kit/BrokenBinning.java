package io.numclip.kit;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.spi.BinningStrategy;
import java.util.List;

/** Broken: two bins for a scale from 0 to 100, with edges that leave labels out. */
record BrokenBinning(Config config) implements BinningStrategy {

    record Config(double start, double littleEnds, double muchBegins) {}

    @Override
    public Bins fit(double[] trainingLabels) {
        Bin little = new Bin("little", config.start(), config.littleEnds(), config.littleEnds());
        return new Bins(List.of(little, new Bin("much", config.muchBegins(), 100, 100)));
    }

    public static final class Factory implements BinningStrategy.Factory<Config> {

        @Override
        public String type() {
            return "broken";
        }

        @Override
        public Config defaults() {
            return new Config(0, 40, 60);
        }

        @Override
        public BinningStrategy create(Config config, LabelScale scale) {
            return new BrokenBinning(config);
        }
    }
}
