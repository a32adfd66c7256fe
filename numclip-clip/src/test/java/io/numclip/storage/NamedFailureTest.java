package io.numclip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedFailureTest {

    private static final IOException FULL = new IOException("No space left on device");

    @TempDir
    private Path folder;

    @Test
    void aFullDiskIsToldWithTheFile() {
        Path file = folder.resolve("a.csv");
        assertThatThrownBy(() -> AtomicFile.writeText(file, text -> {
                    throw new UncheckedIOException(FULL); // as a CSV library does
                }))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": No space left on device");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFullDiskIsToldWithTheFolder() {
        Path model = folder.resolve("model");
        assertThatThrownBy(() -> AtomicFolder.write(model, fresh -> {
                    throw FULL;
                }))
                .hasMessage(model + ": No space left on device");
    }

    /** A file that is written by other means is told by the name that it would have had. */
    @Test
    void aTemporaryNameIsNotTold() {
        Path model = folder.resolve("model");
        assertThatThrownBy(() -> AtomicFolder.write(model, fresh -> {
                    throw new FileSystemException(fresh.resolve("weights").toString(), null, "No space left on device");
                }))
                .hasMessage(model.resolve("weights") + ": No space left on device");
        assertThatThrownBy(() -> AtomicFolder.write(
                        model,
                        fresh -> AtomicFile.write(fresh.resolve("numclip.json"), channel -> {
                            throw FULL;
                        })))
                .hasMessage(model.resolve("numclip.json") + ": No space left on device");
    }

    @Test
    void whatStoppedTheWorkStaysWhatItIs() {
        assertThatThrownBy(() -> NamedFailure.of(folder, () -> {
                    throw new ClosedByInterruptException();
                }))
                .isInstanceOf(ClosedByInterruptException.class);
    }

    @Test
    void textIsWrittenAsUtf8() throws IOException {
        AtomicFile.writeText(folder.resolve("a.txt"), text -> text.write("grün"));
        assertThat(Files.readString(folder.resolve("a.txt"))).isEqualTo("grün");
    }
}
