package io.numclip.clip.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Supplier;
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
        resources = Files.createDirectories(temporary.resolve("classes/numclip/clip-tiny-2"));
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
    void aModelOfTheFirstVersionKeepsItsClip() throws IOException {
        assertThat(ModelSource.today("embedded", ShippedModel.FINGERPRINT_1_0)).isEqualTo("embedded-1.0");
        assertThat(ModelSource.today("embedded", "another")).isEqualTo("embedded");
        assertThat(ModelSource.today("a-folder", ShippedModel.FINGERPRINT_1_0)).isEqualTo("a-folder");
        assertThat(ModelSource.isShipped("embedded-1.0")).isTrue();
    }

    @Test
    void absentModuleIsNamed() throws IOException {
        Files.delete(resources.resolve("tokenizer.json"));
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> unpack(List.of(cache)))
                .withMessageContaining("numclip/clip-tiny-2/tokenizer.json")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .satisfies(e -> assertThat(e.fix()).contains("numclip-clip-tiny"));
    }

    @Test
    void aNameOnTheHubIsAnsweredWithTheCommandThatDownloadsIt() {
        String command = "./numclip pull hf:openai/clip-vit-base-patch32 clip-vit-base-patch32, and name that folder";
        for (String name : List.of("openai/clip-vit-base-patch32", "hf:openai/clip-vit-base-patch32")) {
            assertThat(fix(Path.of(name))).contains(command, "'./numclip pull' lists models to choose from");
            assertThat(fix(temporary.resolve(name))).contains(command);
        }
        assertThat(fix(Path.of("hf:o/n@v1"))).contains("pull hf:o/n@v1 n,");
        assertThat(fix(temporary.resolve("nowhere"))).doesNotContain("pull");
        assertThat(fix(Path.of("nowhere"))).doesNotContain("pull");
    }

    private static String fix(Path directory) {
        try {
            throw new AssertionError(ModelSource.parse(directory.toString()).directory());
        } catch (NumClipException missing) {
            return missing.fix();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void directoryMustHoldConfigurationAndWeights() throws IOException {
        assertMissing(temporary.resolve("nowhere"), "no such directory");
        assertMissing(temporary, "no config.json");
        Files.writeString(temporary.resolve("config.json"), "{\"model_type\": \"clip\"}");
        assertMissing(temporary, "no model.safetensors");
        Files.writeString(temporary.resolve("pytorch_model.bin"), "");
        assertMissing(temporary, "pytorch_model.bin is pickle and is never read");
        Files.writeString(temporary.resolve("model.safetensors"), "");
        assertThat(ModelSource.parse(temporary.toString()).directory()).isEqualTo(temporary);
    }

    @Test
    void fingerprintFollowsConfigurationAndWeights() throws IOException {
        Path clip = copyOfAClip();
        String before = StoredWeights.fingerprint(clip);
        assertThat(before).hasSize(64).isEqualTo(StoredWeights.fingerprint(clip));
        Files.writeString(clip.resolve("tokenizer.json"), "other");
        assertThat(StoredWeights.fingerprint(clip)).isEqualTo(before);
        changeLastWeight(clip, 1.5f);
        assertThat(StoredWeights.fingerprint(clip)).isNotEqualTo(before);
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() throws IOException {
        Path clip = copyOfAClip();
        changeLastWeight(clip, Float.NaN);
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> StoredWeights.fingerprint(clip))
                .withMessageContaining(clip.resolve("model.safetensors")
                        + ": tensor visual_projection.weight has 1 non-finite values (first at ")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DATA));
    }

    @Test
    void missingWeightsAreNamedWithTheirShapes() throws IOException {
        Path clip = copyOfAClip();
        Path weights = clip.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("class_embedding", "class_embeddinx");
        Files.write(weights, text.getBytes(StandardCharsets.ISO_8859_1));
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> StoredWeights.fingerprint(clip))
                .withMessageContaining("vision_model.embeddings.class_embedding: expected (")
                .withMessageContaining(", missing")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DATA));
    }

    private Path copyOfAClip() throws IOException {
        Path original = Path.of("../numclip-core/src/test/resources/golden/clip-tiny-random");
        Path copy = Files.createDirectory(temporary.resolve("clip"));
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(original.resolve(name), copy.resolve(name));
        }
        return copy;
    }

    private static void changeLastWeight(Path clip, float value) throws IOException {
        try (FileChannel file = FileChannel.open(clip.resolve("model.safetensors"), StandardOpenOption.WRITE)) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, value);
            file.write(bytes, file.size() - 4);
        }
    }

    private static void assertMissing(Path directory, String message) {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ModelSource.parse(directory.toString()).directory())
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MISSING));
    }

    @Test
    void aSignalWhileItIsUnpackedIsNotTakenForAFolderThatCannotBeWritten() {
        try {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(ClosedByInterruptException.class)
                    .isThrownBy(() -> unpack(List.of(temporary.resolve("cache"))));
        } finally {
            Thread.interrupted();
        }
    }

    private Path unpack(List<Path> caches) throws IOException {
        URL[] classes = {temporary.resolve("classes").toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, null)) {
            return ShippedModel.CLIP_TINY.unpack(
                    loader,
                    caches.stream().<Supplier<Path>>map(cache -> () -> cache).toList());
        }
    }
}
