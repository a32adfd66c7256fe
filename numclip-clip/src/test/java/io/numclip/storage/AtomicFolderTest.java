package io.numclip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFolderTest {

    private static final String ID = "01234567-89ab-cdef-0123-456789abcdef";

    @TempDir
    private Path folder;

    private static void content(Path model) throws IOException {
        Files.writeString(model.resolve("weights"), "new");
    }

    @Test
    void whatAKilledProcessLeftGoesWithTheNextOne() throws IOException {
        for (String left : List.of(".model.new" + ID, ".model.old" + ID, ".other.new" + ID)) {
            Files.writeString(Files.createDirectory(folder.resolve(left)).resolve("weights"), "half");
        }
        Files.createDirectory(folder.resolve("model"));

        AtomicFolder.create(folder.resolve("model"), AtomicFolderTest::content);

        assertThat(AtomicFolder.list(folder))
                .containsExactly(folder.resolve(".other.new" + ID), folder.resolve("model"));
        assertThat(folder.resolve("model/weights")).hasContent("new");
    }

    @Test
    void nothingIsReplaced() throws IOException {
        Files.writeString(folder.resolve("photo.jpg"), "mine");
        for (String taken : List.of("", "photo.jpg")) {
            assertThatThrownBy(() -> AtomicFolder.create(folder.resolve(taken), AtomicFolderTest::content))
                    .isInstanceOf(NumClipException.class)
                    .hasMessageContaining("exists and is not an empty folder");
        }
        assertThat(folder.resolve("photo.jpg")).hasContent("mine");
    }

    @Test
    void aFolderThatSomebodyIsAboutToFillIsNotReplaced() throws IOException {
        FolderLock lock = FolderLock.take(folder.resolve("run"));
        assertThatThrownBy(() -> AtomicFolder.create(folder.resolve("run"), AtomicFolderTest::content))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("is in use by this process");
        lock.close();
    }
}
