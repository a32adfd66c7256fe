package io.numclip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {

    private static final String[] PROPERTIES = {"java.io.tmpdir", "user.home", "user.name", CacheFolder.PROPERTY};

    private final String[] before = new String[PROPERTIES.length];

    @TempDir
    private Path root;

    private Path temporary;

    @BeforeEach
    void setProperties() throws IOException {
        for (int i = 0; i < PROPERTIES.length; i++) {
            before[i] = System.getProperty(PROPERTIES[i]);
        }
        temporary = Files.createDirectory(root.resolve("tmp"));
        System.setProperty("java.io.tmpdir", temporary.toString());
        System.setProperty("user.name", "?");
        System.setProperty("user.home", "?");
        System.clearProperty(CacheFolder.PROPERTY);
    }

    @AfterEach
    void restoreProperties() {
        for (int i = 0; i < PROPERTIES.length; i++) {
            if (before[i] == null) {
                System.clearProperty(PROPERTIES[i]);
            } else {
                System.setProperty(PROPERTIES[i], before[i]);
            }
        }
    }

    @Test
    void withoutAHomeItIsAFolderThatNobodyElseMayWrite() throws IOException {
        Path folder = CacheFolder.usual();

        assertThat(folder).isEqualTo(temporary.resolve("numclip-?"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(CacheFolder.usual()).isEqualTo(folder);
    }

    @Test
    void aHomeThatIsNotThereIsNone() {
        System.setProperty("user.home", "/nonexistent");
        assertThat(CacheFolder.usual()).hasParent(temporary);
        System.setProperty("user.home", root.toString());
        assertThat(CacheFolder.usual()).isEqualTo(root.resolve(".cache/numclip"));
    }

    @Test
    void folderThatOthersMayWriteOrThatIsALinkIsNotUsed() throws IOException {
        Files.setPosixFilePermissions(
                Files.createDirectory(temporary.resolve("numclip-?")), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.createSymbolicLink(temporary.resolve("numclip-?-1"), Files.createDirectory(root.resolve("of-another")));
        Files.createFile(temporary.resolve("numclip-?-2"));

        assertThat(CacheFolder.temporary()).isEqualTo(temporary.resolve("numclip-?-3"));
    }

    @Test
    void whereOthersHaveTakenAllNamesItSaysWhatToDo() throws IOException {
        for (int i = 0; i < 20; i++) {
            Files.createFile(temporary.resolve("numclip-?" + (i == 0 ? "" : "-" + i)));
        }

        assertThatThrownBy(CacheFolder::temporary)
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.fix()).contains("DJL_CACHE_DIR=DIR"))
                .hasMessageContaining("others have taken all names");
    }

    @Test
    void whatEverybodyMayWriteIsNotSafe() throws IOException {
        Path folder = Files.createDirectory(root.resolve(".djl.ai"));
        assertThat(CacheFolder.isSafe(folder)).isTrue();
        assertThat(CacheFolder.isSafe(root.resolve("absent"))).isTrue();

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(CacheFolder.isSafe(folder)).isFalse();
    }
}
