package io.numclip.runner.runs;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipCardTest {

    @TempDir
    private Path folder;

    @Test
    void codeBesideTheWeightsIsListedAndLeftAlone() throws IOException {
        for (String name : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(CLIP.resolve(name), folder.resolve(name));
        }
        assertThat(ClipCard.of(folder)).doesNotContainKey("never loaded");
        Files.writeString(folder.resolve("evil.jar"), "no jar at all");
        Files.writeString(folder.resolve("serving.properties"), "engine=Python");
        assertThat(ClipCard.of(folder)).containsEntry("never loaded", "evil.jar, serving.properties");
    }
}
