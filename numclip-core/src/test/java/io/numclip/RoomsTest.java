package io.numclip;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.rooms.Rooms;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RoomsTest {

    @Test
    void nothingIsTooLarge() throws IOException {
        assertThat(Rooms.in(Path.of(""))
                        .except(
                                "io.numclip.dataset",
                                "one reader for each data set as its owners ship it; the names are part of the plugin interface")
                        .except("io.numclip.dataset.TaskData", "the settings that users write under task.data")
                        .except("io.numclip.loss", "one file for each loss of the method and its rivals")
                        .except("io.numclip.model.ModelFile", "the fields of a stored model")
                        .except("io.numclip.training.TrainingConfig", "the settings that users write under training")
                        .tooLarge())
                .isEmpty();
    }
}
