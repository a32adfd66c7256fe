package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real file system in memory, from far too small to large enough: a command ends with one of two codes and names the
 * file; when there is room, the same command gives the bytes that it gives on a large disk. Only root can mount one.
 */
@Tag("campaign")
class FullDiskTest {

    private static final int PAGE = 4096;

    @TempDir
    Path folder;

    private Path disk;
    private int refused;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(ran("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk.toString()), "no right to mount a disk");
    }

    @AfterEach
    void unmount() throws Exception {
        ran("umount", disk.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "predict", "embed", "export model"})
    void survives(String command) throws Exception {
        survives(Work.of(command, folder.resolve("task")));
    }

    /** The check would see a command that trusts what a full disk has left: a planted one. */
    @Test
    void aTornWriteIsNoticed() {
        assertThatThrownBy(() -> survives(Work.torn()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("result");
    }

    private void survives(Work work) throws Exception {
        Path large = folder.resolve("large");
        Program unbroken = work.in(Files.createDirectories(folder.resolve("unbroken")));
        assertThat(unbroken.run(work.arguments(large, 1))).as(unbroken.err()).isZero();
        Map<String, String> whole = FolderDigests.of(large);
        long pages = bytes(large) / PAGE + 1;
        int sizes = Campaign.size(2, 20);
        for (int i = 0; i < sizes; i++) {
            Path out = disk.resolve("out-" + i);
            Program program = work.in(Files.createDirectories(folder.resolve("size-" + i)));
            resize(used() + PAGE * Math.max(1, pages * i / sizes));
            checkRefusal(program.run(work.arguments(out, 1)), program.err());
            resize(used() + 4 * PAGE * pages);
            int code = work.isFinished(out) ? 0 : program.run(work.arguments(out, 1));
            assertThat(code).as(program.err()).isZero();
            assertThat(FolderDigests.differences(FolderDigests.of(out), whole))
                    .as("size %s of %s", i, sizes)
                    .isEmpty();
        }
        String of = " (" + work.command() + ")";
        Campaign.figure("G3", "sizes of a real disk" + of, sizes);
        Campaign.figure("G3", "of them too small" + of, refused);
        assertThat(refused).as("most are too small").isGreaterThan(sizes / 2);
    }

    private void checkRefusal(int code, String err) {
        if (code != 0) {
            refused++;
            assertThat(code).as(err).isIn(73, 74);
            assertThat(err)
                    .contains(disk.toString())
                    .containsIgnoringCase("space")
                    .doesNotContain("bug in NumCLIP");
        }
    }

    private long used() throws IOException {
        return Files.getFileStore(disk).getTotalSpace()
                - Files.getFileStore(disk).getUsableSpace();
    }

    private void resize(long bytes) throws Exception {
        assertThat(ran("mount", "-o", "remount,size=" + bytes, disk.toString())).isTrue();
    }

    private static long bytes(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static boolean ran(String... command) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }
}
