package io.numclip.host.run;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedModelTest {

    @TempDir
    private Path folder;

    @Test
    void aFileThatAFolderLacksIsNamed() throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        Files.writeString(model.resolve("numclip.json"), "{}");
        isMissing(folder.resolve("config.yaml"));
        Files.writeString(folder.resolve("config.yaml"), "");
        assertThat(TrainedModel.directory(folder)).isEqualTo(model);
        assertThat(TrainedModel.directory(model)).isEqualTo(model);
        Files.createDirectory(folder.resolve("clip"));
        isMissing(folder.resolve("handed-on.json"));
        Files.writeString(folder.resolve("handed-on.json"), "{}");
        assertThat(TrainedModel.directory(folder)).isEqualTo(model);
    }

    private void isMissing(Path file) {
        assertRefused(NumClipException.Kind.MISSING, () -> TrainedModel.directory(folder))
                .hasMessageStartingWith(file + ": no such file");
    }
}
