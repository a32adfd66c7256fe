package io.numclip.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import io.numclip.host.plugin.TrustList.Entry;
import io.numclip.host.plugin.TrustList.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustListTest {

    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    @TempDir
    Path folder;

    @Test
    void absentFileTrustsNothing() {
        assertThat(TrustList.read(lockFile()).entries()).isEmpty();
    }

    @Test
    void writtenListIsReadBack() throws IOException {
        TrustList list = new TrustList(
                List.of(new Entry(A, "of the build.jar", Source.BUILD), new Entry(B, "mine.jar", Source.USER)));

        list.write(lockFile());

        assertThat(TrustList.read(lockFile())).isEqualTo(list);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(lockFile());
        }
    }

    @Test
    void newVersionOfAFileReplacesTheOld() {
        TrustList list = new TrustList(List.of()).withUser(A, "mine.jar").withUser(B, "mine.jar");

        assertThat(list.contains(A)).isFalse();
        assertThat(list.contains(B)).isTrue();
    }

    @Test
    void trustingTwiceChangesNothing() {
        TrustList list = new TrustList(List.of(new Entry(A, "age.jar", Source.BUILD)));

        assertThat(list.withUser(A, "age.jar")).isEqualTo(list);
    }

    @Test
    void buildReplacesItsOwnLinesOnly() {
        Entry mine = new Entry(A, "mine.jar", Source.USER);
        Entry built = new Entry(B, "age.jar", Source.BUILD);
        TrustList list = new TrustList(List.of(new Entry("c".repeat(64), "age.jar", Source.BUILD), mine));

        assertThat(list.withBuild(List.of(built)).entries()).containsExactly(built, mine);
    }

    @Test
    void damagedLineStopsWithItsPlace() throws IOException {
        Files.writeString(lockFile(), "# comment\n\n" + A + "  age.jar  build\n" + A + " age.jar\n");

        assertThatThrownBy(() -> TrustList.read(lockFile()))
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(NumClipException.Kind.DATA))
                .hasMessageContaining("plugins.lock:4: expected a SHA-256, a file name and");
    }

    @Test
    void fileOfBytesIsNamed() throws IOException {
        Files.write(lockFile(), new byte[] {(byte) 0xff, 0, (byte) 0xc0});

        assertThatThrownBy(() -> TrustList.read(lockFile()))
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(NumClipException.Kind.DATA))
                .hasMessage(lockFile() + " is not UTF-8 text");
    }

    /** What one user installs, another runs. */
    @Test
    void writtenListIsAsReadableAsAnyNewFile() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "");

        new TrustList(List.of()).write(lockFile());

        assertThat(Files.getPosixFilePermissions(lockFile())).isEqualTo(Files.getPosixFilePermissions(plain));
    }

    private Path lockFile() {
        return folder.resolve("plugins.lock");
    }
}
