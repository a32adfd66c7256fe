package io.numclip.runner.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numclip.data.NumClipException;
import io.numclip.runner.terminal.TestingConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {

    @TempDir
    Path folder;

    private TestingConsole console;

    @BeforeEach
    void start() {
        console = TestingConsole.in(folder);
    }

    @Test
    void othersNeedAToken() {
        console.run("serve", "run", "--host", "0.0.0.0").isEqualTo(78);
        assertThat(console.err())
                .isEqualTo(
                        "error: 0.0.0.0 can be reached from other machines, and there is no token\n  fix: set NUMCLIP_TOKEN"
                                + " (make one with 'openssl rand -hex 32'), or insist with --allow-unauthenticated\n");
    }

    @Test
    void aTokenIsInAFileOfOnesOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "CANARY-0123456789");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        console.run("serve", "run", "--token-file", file).isEqualTo(77);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        console.run("serve", folder.resolve("run"), "--token-file", file)
                .as("the next problem: there is no such run")
                .isEqualTo(66);
        assertThat(console.err()).doesNotContain("CANARY");
    }

    @Test
    void wrongSettingsAreNamed() {
        console.run("serve", "run", "--batch-size", "0").isEqualTo(64);
        assertThat(console.err()).startsWith("error: batch_size: expected a number within [1, 256], found 0\n");
        console.run("serve", "run", "--port", "70000").isEqualTo(64);
        console.run("serve", "run", "--host", "no.such.host.invalid").isEqualTo(69);
    }

    @Test
    void modelsHaveTheNamesOfTheirFoldersOrTheirOwn() {
        assertThat(ServeCommand.named(List.of("runs/age-1", "beauty=runs/x=y", "old=runs/age-1/")))
                .containsExactly(
                        java.util.Map.entry("age-1", Path.of("runs/age-1")),
                        java.util.Map.entry("beauty", Path.of("runs/x=y")),
                        java.util.Map.entry("old", Path.of("runs/age-1")));
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ServeCommand.named(List.of("a/run", "b/run")))
                .withMessage("two models are called run")
                .satisfies(failure -> assertThat(failure.fix()).endsWith(": NAME=b/run"));
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ServeCommand.named(List.of("runs/with space")))
                .withMessageContaining("the name of the folder cannot be used in an address");
    }

    @Test
    void aNameThatIsTooLongIsSaidToBe() {
        assertThat(ServeCommand.named(List.of("a".repeat(64) + "=m"))).hasSize(1);
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ServeCommand.named(List.of("runs/" + "a".repeat(65))))
                .withMessageEndingWith(": the name of the folder has 65 characters")
                .satisfies(failure -> assertThat(failure.fix()).contains("of at most 64 letters, digits"));
    }

    @Test
    void aNameAloneIsNoModel() {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ServeCommand.named(List.of("age=")))
                .withMessage("age=: no folder is named behind the name");
    }

    @Test
    void aNameThatCannotBeUsedIsSaidAndTheFolderIsKept() {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ServeCommand.named(List.of("a b=m")))
                .withMessage("a b=m: the name a b cannot be used in an address")
                .satisfies(failure -> assertThat(failure.fix()).endsWith(": NAME=m"));
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ServeCommand.named(List.of("m=m", "m=m")))
                .withMessage("two models are called m")
                .satisfies(failure -> assertThat(failure.fix()).endsWith(": NAME=m"));
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ServeCommand.named(List.of("runs/x=y")))
                .withMessage("runs/x=y: the name of the folder cannot be used in an address")
                .satisfies(failure -> assertThat(failure.fix()).endsWith(": NAME=runs/x=y"));
    }
}
