package io.numclip.host.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.host.TestingCatalog;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import io.numclip.spi.RankingLoss;
import io.numclip.training.WeightedLoss;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentsTest {

    @TempDir
    Path folder;

    @Test
    void aLossOfWeightZeroIsOff() {
        ExperimentConfig config = new ExperimentReader(TestingCatalog.create(folder))
                .read("brightness", List.of(Setting.parse("losses.1.weight=0")));
        Bins bins = new Bins(List.of(new Bin("dark", 0, 1, 0), new Bin("bright", 1, 2, 1)));

        assertThat(Components.losses(config.losses(), new RankingLoss.Context(bins, 8, List.of(3, 4))))
                .extracting(WeightedLoss::name)
                .containsExactly("ranking-ce", "absolute-error");
    }
}
