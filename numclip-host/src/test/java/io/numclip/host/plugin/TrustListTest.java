package io.numclip.host.plugin;

import static io.numclip.data.RefusalAssert.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import io.numclip.host.plugin.TrustList.Entry;
import io.numclip.host.plugin.TrustList.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

        assertRefused(NumClipException.Kind.DATA, () -> TrustList.read(lockFile()))
                .hasMessageContaining("plugins.lock:4: expected a SHA-256, a file name and");
    }

    @Test
    void fileOfBytesIsNamed() throws IOException {
        Files.write(lockFile(), new byte[] {(byte) 0xff, 0, (byte) 0xc0});

        assertRefused(NumClipException.Kind.DATA, () -> TrustList.read(lockFile()))
                .hasMessage(lockFile() + " is not UTF-8 text");
    }

    /** What one user installs, another runs. */
    @Test
    void writtenListIsAsReadableAsAnyNewFile() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "");
        Set<PosixFilePermission> expected = Files.getPosixFilePermissions(plain);
        expected.removeAll(Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE));

        new TrustList(List.of()).write(lockFile());

        assertThat(Files.getPosixFilePermissions(lockFile())).isEqualTo(expected);
    }

    @Test
    void noNameWritesALineOfItsOwn() {
        for (String name :
                List.of("h.jar  user\n" + B + "  zz.jar", "h\rx.jar", "h\u0085x.jar", "h\u2028x.jar", "h\fx.jar")) {
            assertThatThrownBy(() -> new Entry(A, name, Source.USER))
                    .isInstanceOf(NumClipException.class)
                    .hasMessageStartingWith("the name of the plugin has a line break");
        }
    }

    @Test
    void namesWithBlanksAndMarksAreReadBack() throws IOException {
        TrustList list = new TrustList(List.of(
                new Entry(A, "  two  blanks  user", Source.BUILD),
                new Entry(B, "# " + A + "  x.jar  build", Source.USER)));

        list.write(lockFile());

        assertThat(TrustList.read(lockFile())).isEqualTo(list);
    }

    @Test
    void changesAtTheSameTimeAreAllKept() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<?>> changes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String sha256 = "%064x".formatted(i);
            String name = i + ".jar";
            changes.add(threads.submit(() -> {
                TrustList.change(lockFile(), list -> list.withUser(sha256, name));
                TrustList.change(
                        lockFile(), list -> name.endsWith("5.jar") ? list.without(list.entriesOf(sha256)) : list);
                return name;
            }));
        }
        for (Future<?> change : changes) {
            change.get();
        }
        threads.shutdown();

        assertThat(TrustList.read(lockFile()).entries())
                .extracting(Entry::file)
                .hasSize(54)
                .noneMatch(name -> name.endsWith("5.jar"));
    }

    @Test
    void changeLeavesOutDamagedLines() throws IOException {
        Files.write(lockFile(), (A + "  age.jar  build\n" + B + "  h\nx.jar  user\n\u00ff").getBytes(ISO_8859_1));

        TrustList.change(lockFile(), list -> list);

        assertThat(TrustList.read(lockFile()).entries()).containsExactly(new Entry(A, "age.jar", Source.BUILD));
    }

    @Test
    void nobodyElseMayWriteTheList() throws IOException {
        new TrustList(List.of()).write(lockFile());
        Files.setPosixFilePermissions(lockFile(), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(PluginFolder.scan(folder).notices())
                .containsExactly("others than its owner may write " + lockFile()
                        + ", and so trust a plugin: chmod go-w " + lockFile());

        TrustList.change(lockFile(), list -> list);

        assertThat(Files.getPosixFilePermissions(lockFile()))
                .doesNotContain(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
        assertThat(PluginFolder.scan(folder).notices()).isEmpty();
    }

    private Path lockFile() {
        return folder.resolve("plugins.lock");
    }
}
