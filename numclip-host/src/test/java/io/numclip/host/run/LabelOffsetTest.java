package io.numclip.host.run;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingCatalog;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.ExperimentAssembler;
import io.numclip.host.config.ExperimentConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An offset moves the concepts, not the scale that numbers are said on. */
class LabelOffsetTest {

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

    private ExperimentConfig config() {
        return TestingCatalog.config(folder, "labelOffset=-1", "backbone.model=" + CLIP, "binning.anchor=left-edge");
    }
}
