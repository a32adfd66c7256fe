package io.numclip.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            assertThatThrownBy(() -> HeldFolder.create(run))
                    .isInstanceOfSatisfying(
                            NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BUSY))
                    .hasMessageContaining("a/run is in use by");
        }
        assertThat(run).isEmptyDirectory();
        HeldFolder.create(run).close();
    }

    @Test
    void folderWithFilesIsNotNewAndIsFreeAgain() throws IOException {
        Files.writeString(root.resolve("config.yaml"), "");
        assertThatThrownBy(() -> HeldFolder.create(root))
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OUTPUT))
                .hasMessageContaining("is not empty");
        HeldFolder.resume(root).close();
        assertThat(root).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void aPlaceWhereNoFolderCanBeIsAnErrorOfTheOutput() throws IOException {
        Path file = Files.writeString(root.resolve("a-file"), "");
        assertThatThrownBy(() -> HeldFolder.create(file.resolve("run")))
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OUTPUT))
                .hasMessageStartingWith(file.resolve("run") + " cannot be created (");
    }

    @Test
    void thoseWhoStartAtOnceGetFoldersOfTheirOwn() {
        Set<Path> taken = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 40).parallel().forEach(i -> {
            try (HeldFolder held = HeldFolder.next(root, "age")) {
                assertThat(taken.add(held.folder().path())).isTrue();
            }
        });
        assertThat(taken).hasSize(40).contains(root.resolve("age-1"), root.resolve("age-40"));
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
