package io.numclip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SealTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void seal() throws IOException {
        Files.writeString(folder.resolve("a"), "abc");
        Files.writeString(folder.resolve("b"), "abcd");
        Seal.put(folder);
    }

    @Test
    void unchangedFolderMatches() throws IOException {
        assertThat(Seal.isOn(folder)).isTrue();
        Files.writeString(folder.resolve(".hidden"), "");
        Files.createDirectory(folder.resolve("sub"));
        assertThat(differences()).isEmpty();
    }

    @Test
    void everyChangeIsNamed() throws IOException {
        Files.writeString(folder.resolve("a"), "abd");
        Files.writeString(folder.resolve("b"), "abc");
        Files.writeString(folder.resolve("c"), "");
        assertThat(differences())
                .containsExactly(
                        folder.resolve("a") + ": expected the SHA-256 ba7816bf8f01…, found a52d159f262b…",
                        folder.resolve("b") + ": expected 4 bytes, found 3",
                        folder.resolve("c") + ": manifest.json does not name it");
        Files.delete(folder.resolve("a"));
        assertThat(differences()).contains(folder.resolve("a") + ": missing, but manifest.json names it");
    }

    @Test
    void fileThatIsAddedIsSealedAndTheOthersStaySealed() throws IOException {
        Files.writeString(folder.resolve("a"), "abd");
        Files.writeString(folder.resolve("c"), "");
        Seal.include(folder, "c");
        assertThat(differences()).singleElement().asString().startsWith(folder.resolve("a") + ": expected the SHA-256");
    }

    @Test
    void damagedSealMatchesNothing() throws IOException {
        for (String text : List.of("", "[]", "{\"a\": 1}", "{\"a\": {\"bytes\": 3}}", "{\"../a\": null}", "null")) {
            Files.writeString(folder.resolve(Seal.FILE), text);
            assertThat(differences()).as(text).isNotEmpty();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void pipeIsRefusedAndNotWaitedFor() throws Exception {
        Files.delete(folder.resolve("a"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("a").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThatThrownBy(this::differences)
                .isInstanceOf(NumClipException.class)
                .hasMessage(folder.resolve("a") + ": not a regular file");
        assertThatThrownBy(() -> new Fingerprint().add(folder.resolve("a"))).hasMessageContaining("not a regular file");
    }

    private List<String> differences() throws IOException {
        return Seal.differences(folder, Seal.Digest.READING);
    }
}
