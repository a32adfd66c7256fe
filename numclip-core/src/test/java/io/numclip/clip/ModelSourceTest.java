package io.numclip.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSourceTest {

    @TempDir
    private Path temporary;

    private Path resources;
    private Path cache;

    @BeforeEach
    void writeResources() throws IOException {
        resources = Files.createDirectories(temporary.resolve("classes/numclip/clip-tiny"));
        cache = temporary.resolve("cache");
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json", "preprocessor_config.json")) {
            Files.writeString(resources.resolve(name), "content of " + name);
        }
    }

    @Test
    void embeddedModelIsUnpackedOnceAndRepaired() throws IOException {
        Path directory = unpack(List.of(cache));
        assertThat(directory).hasParent(cache);
        assertThat(directory.resolve("config.json")).hasContent("content of config.json");
        Files.writeString(directory.resolve("tokenizer.json"), "damaged");
        assertThat(unpack(List.of(cache))).isEqualTo(directory);
        assertThat(directory.resolve("tokenizer.json")).hasContent("content of tokenizer.json");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void otherContentHasAnotherFolder() throws IOException {
        Path directory = unpack(List.of(cache));
        Files.writeString(resources.resolve("config.json"), "new");
        assertThat(unpack(List.of(cache))).isNotEqualTo(directory);
    }

    @Test
    void nextCacheIsTakenWhenTheFirstCannotBeWritten() throws IOException {
        Path file = Files.writeString(temporary.resolve("a-file"), "");
        assertThat(unpack(List.of(file, cache))).hasParent(cache);
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> unpack(List.of(file)))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.OUTPUT));
    }

    @Test
    void absentModuleIsNamed() throws IOException {
        Files.delete(resources.resolve("tokenizer.json"));
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> unpack(List.of(cache)))
                .withMessageContaining("numclip/clip-tiny/tokenizer.json")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .satisfies(e -> assertThat(e.fix()).contains("numclip-clip-tiny"));
    }

    @Test
    void directoryMustHoldConfigurationAndWeights() throws IOException {
        assertMissing(temporary.resolve("nowhere"), "no such directory");
        assertMissing(temporary, "no config.json");
        Files.writeString(temporary.resolve("config.json"), "{}");
        assertMissing(temporary, "no model.safetensors");
        Files.writeString(temporary.resolve("pytorch_model.bin"), "");
        assertMissing(temporary, "pytorch_model.bin is pickle and is never read");
        Files.writeString(temporary.resolve("model.safetensors.index.json"), "{}");
        assertMissing(temporary, "weights in several files are not supported");
        Files.writeString(temporary.resolve("model.safetensors"), "");
        assertThat(ModelSource.parse(temporary.toString()).directory()).isEqualTo(temporary);
    }

    @Test
    void fingerprintFollowsConfigurationAndWeights() throws IOException {
        String before = ModelSource.fingerprint(resources);
        assertThat(before).hasSize(64).isEqualTo(ModelSource.fingerprint(resources));
        Files.writeString(resources.resolve("tokenizer.json"), "other");
        assertThat(ModelSource.fingerprint(resources)).isEqualTo(before);
        Files.writeString(resources.resolve("model.safetensors"), "other");
        assertThat(ModelSource.fingerprint(resources)).isNotEqualTo(before);
    }

    private static void assertMissing(Path directory, String message) {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ModelSource.parse(directory.toString()).directory())
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MISSING));
    }

    private Path unpack(List<Path> caches) throws IOException {
        URL[] classes = {temporary.resolve("classes").toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, null)) {
            return new EmbeddedModel(loader, caches).unpack();
        }
    }
}
