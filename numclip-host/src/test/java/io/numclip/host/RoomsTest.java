package io.numclip.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.rooms.Rooms;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RoomsTest {

    @Test
    void nothingIsTooLarge() throws IOException {
        assertThat(Rooms.in(Path.of(""))
                        .except("io.numclip.host.config", "one file for each section that users write")
                        .except("io.numclip.host.plugin", "one file for each thing that is refused of a jar")
                        .except("io.numclip.host.config.ExperimentConfig", "the sections that users write")
                        .except(
                                "io.numclip.host.compare.CompareConfig",
                                "the settings that users write in a comparison")
                        .except("io.numclip.host.compare.CellResult", "the fields of a stored cell")
                        .except("io.numclip.host.result.RunMetrics", "the fields of metrics.json")
                        .except("io.numclip.host.result.RunResult", "what the files of a run are made of")
                        .tooLarge())
                .isEmpty();
    }
}
