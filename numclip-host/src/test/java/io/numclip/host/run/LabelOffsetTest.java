package io.numclip.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingCatalog;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.ExperimentAssembler;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An offset moves the concepts, not the scale that numbers are said on. */
class LabelOffsetTest {

    private static final String CLIP = "../numclip-core/src/test/resources/golden/clip-tiny-random";

    @TempDir
    private Path folder;

    @Test
    void numbersStayOnTheScaleOfTheTask() throws IOException {
        System.setProperty("numclip.cache", folder.toString());
        try (Experiment experiment = ExperimentAssembler.assemble(config())) {
            assertThat(experiment.bins().anchors()).containsExactly(1, 5, 9);
            assertThat(experiment.model().clamp(0.25)).isEqualTo(0.25);
            assertThat(experiment.model().clamp(-3)).isZero();
            assertThat(experiment.model().clamp(10.75)).isEqualTo(10);
        }
    }

    private ExperimentConfig config() throws IOException {
        List<Setting> settings = Stream.of("labelOffset=-1", "backbone.model=" + CLIP, "binning.anchor=left-edge")
                .map(Setting::parse)
                .toList();
        return new ExperimentReader(TestingCatalog.create(folder)).read("brightness", settings);
    }
}
