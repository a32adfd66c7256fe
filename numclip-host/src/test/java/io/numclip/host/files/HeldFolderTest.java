package io.numclip.host.files;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldFolderTest {

    @TempDir
    private Path root;

    @Test
    void folderIsHeldByOneAndIsEmptyAfterwards() {
        Path run = root.resolve("a/run");
        try (HeldFolder held = HeldFolder.create(run)) {
            assertThat(held.folder().path()).isEqualTo(run);
            assertRefused(Kind.BUSY, () -> HeldFolder.create(run)).hasMessageContaining("a/run is in use by");
        }
        HeldFolder.create(run).close();
    }

    /** As after a configuration or list that is wrong. */
    @Test
    void aNewFolderInWhichNothingWasWrittenGoesAgain() throws IOException {
        HeldFolder.create(root.resolve("new")).close();
        HeldFolder.next(root, "age").close();
        HeldFolder.create(Files.createDirectory(root.resolve("given"))).close();
        try (HeldFolder held = HeldFolder.create(root.resolve("kept"))) {
            Files.writeString(held.folder().config(), "");
        }
        assertThat(root).isDirectoryNotContaining("glob:**/{new,age-1}");
        assertThat(root.resolve("given")).isEmptyDirectory();
        assertThat(root.resolve("kept")).isDirectoryContaining("glob:**/config.yaml");
    }

    @Test
    void aFolderThatCannotBePutInOrderIsFreeAgain() throws IOException {
        Files.writeString(root.resolve("config.yaml"), "");
        Path model = Files.createDirectory(root.resolve("model"));
        Path left = Files.createDirectory(model.resolve(".old.new01234567-89ab-cdef-0123-456789abcdef"));
        Files.writeString(left.resolve("file"), "");
        Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("r-x------"));
        try {
            assumeThat(Files.isWritable(left))
                    .as("an account that may not write everything")
                    .isFalse();
            assertThatThrownBy(() -> HeldFolder.resume(root)).hasMessageContaining("cannot be created");
        } finally {
            Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rwx------"));
        }
        HeldFolder.resume(root).close();
        assertThat(model).isEmptyDirectory();
    }

    @Test
    void folderWithFilesIsNotNewAndIsFreeAgain() throws IOException {
        Files.writeString(root.resolve("config.yaml"), "");
        assertRefused(Kind.OUTPUT, () -> HeldFolder.create(root)).hasMessageContaining("is not empty");
        HeldFolder.resume(root).close();
        assertThat(root).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void aPlaceWhereNoFolderCanBeIsAnErrorOfTheOutput() throws IOException {
        Path file = Files.writeString(root.resolve("a-file"), "");
        assertRefused(Kind.OUTPUT, () -> HeldFolder.create(file.resolve("run")))
                .hasMessageStartingWith(file.resolve("run") + " cannot be created (");
    }

    @Test
    void thoseWhoStartAtOnceGetFoldersOfTheirOwn() {
        Set<Path> taken = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 40).parallel().forEach(i -> {
            try (HeldFolder held = HeldFolder.next(root, "age")) {
                assertThat(taken.add(held.folder().path())).isTrue();
                write(held.folder().config());
            }
        });
        assertThat(taken).hasSize(40).contains(root.resolve("age-1"), root.resolve("age-40"));
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void modelThatWasBeingReplacedIsPutBackOnResuming() throws IOException {
        String id = "01234567-89ab-cdef-0123-456789abcdef";
        Files.writeString(root.resolve("config.yaml"), "");
        Files.writeString(Files.createDirectory(root.resolve(".model.old" + id)).resolve("numclip.json"), "old");
        Files.createDirectory(root.resolve(".model.new" + id));
        Files.createDirectories(root.resolve("checkpoint/.epoch-00002.new" + id));
        HeldFolder.resume(root).close();
        assertThat(root.resolve("model/numclip.json")).hasContent("old");
        assertThat(root.resolve("checkpoint")).isEmptyDirectory();
        assertThat(root).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void folderOfNoRunIsNotCreated() {
        assertThatThrownBy(() -> HeldFolder.resume(root.resolve("absent")))
                .hasMessageContaining("there is no run here");
        assertThat(root).isEmptyDirectory();
    }
}
