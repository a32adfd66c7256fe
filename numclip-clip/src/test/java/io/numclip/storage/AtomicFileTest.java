package io.numclip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    private static final String ID = "01234567-89ab-cdef-0123-456789abcdef";

    @TempDir
    private Path root;

    @Test
    void nextWriterClearsWhatAKilledOneLeftLongAgo() throws IOException {
        Path old = part("a.json." + ID + ".part", Duration.ofHours(25));
        Path living = part("a.json." + ID.replace('0', '1') + ".part", Duration.ofHours(1));
        Path other = part("b.json." + ID + ".part", Duration.ofHours(25));
        AtomicFile.write(root.resolve("a.json"), new byte[] {1});
        assertThat(old).doesNotExist();
        assertThat(living).exists();
        assertThat(other).exists();
    }

    @Test
    void folderIsClearedOfWhatIsOld() throws IOException {
        part("a.json." + ID + ".part", Duration.ofHours(25));
        Path users = part("a.part", Duration.ofHours(25));
        Path living = part("a.json." + ID.replace('0', '1') + ".part", Duration.ofHours(1));
        Leftovers.clearOld(root);
        assertThat(AtomicFolder.list(root)).containsExactly(living, users);
    }

    @Test
    void fileThatACheckRefusesIsNotKept() throws IOException {
        Path file = Files.writeString(root.resolve("a.json"), "before");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> AtomicFile.writeChecked(
                        file, channel -> channel.write(ByteBuffer.wrap(new byte[] {1})), written -> {
                            assertThat(written).hasBinaryContent(new byte[] {1});
                            throw new IllegalStateException("refused");
                        }));
        assertThat(file).hasContent("before");
        assertThat(AtomicFolder.list(root)).containsExactly(file);
    }

    @Test
    void aFolderIsNotReplacedByAFile() throws IOException {
        Path folder = Files.createDirectory(root.resolve("a.csv"));
        assertThatExceptionOfType(CannotCreateException.class)
                .isThrownBy(() -> AtomicFile.write(folder, channel -> {
                    throw new AssertionError("found out too late");
                }))
                .withMessage(folder + ": it is a folder");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aNewFileReplacesNothing() throws IOException {
        Path file = root.resolve("a.csv");
        AtomicFile.writeNew(file, "first");
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> AtomicFile.writeNew(file, "second"))
                .withMessage(file.toString());
        assertThat(file).hasContent("first");
        Path link = Files.createSymbolicLink(root.resolve("b.csv"), root.resolve("nowhere"));
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> AtomicFile.writeNew(link, "second"));
        assertThat(AtomicFolder.list(root)).containsExactly(file, link);
    }

    @Test
    void aPlaceThatDoesNotExistIsNamed() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");
        assertThatExceptionOfType(CannotCreateException.class)
                .isThrownBy(() -> AtomicFile.write(root.resolve("nowhere/a.json"), ""))
                .withMessage(root.resolve("nowhere/a.json") + ": there is no such folder");
        assertThatExceptionOfType(CannotCreateException.class)
                .isThrownBy(() -> AtomicFile.write(file.resolve("a.json"), ""))
                .withMessage(file.resolve("a.json") + ": Not a directory");
        assertThatExceptionOfType(CannotCreateException.class)
                .isThrownBy(() -> AtomicFolder.write(file.resolve("model"), folder -> {}))
                .withMessage(file.resolve("model") + ": " + file + " is no folder");
    }

    private Path part(String name, Duration age) throws IOException {
        Path file = Files.writeString(root.resolve(name), "half");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }
}
