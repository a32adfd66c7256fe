package io.numclip.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.result.Versions;
import io.numclip.runner.terminal.TestingConsole;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionTextTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path folder;

    private static String commit(String properties) throws IOException {
        return Versions.commit(new ByteArrayInputStream(properties.getBytes(StandardCharsets.UTF_8)))
                .orElse("unknown");
    }

    @Test
    void theVersionHasEverythingThatAReportNeeds() {
        TestingConsole console = TestingConsole.in(folder);
        console.run("--version").isZero();
        assertThat(console.out().lines())
                .hasSize(5)
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("numclip " + Versions.NUMCLIP),
                        line -> assertThat(line).matches("commit     ([0-9a-f]{40}(, changed)?|unknown)"),
                        line -> assertThat(line).startsWith("Java       " + Runtime.version()),
                        line -> assertThat(line).matches("libtorch   \\d+\\.\\d+\\.\\d+, cpu, \\S+"),
                        line -> assertThat(line).matches("processor  .+, \\d+ in use"));
    }

    @Test
    void theCommitIsThatOfTheBuild() throws IOException {
        assertThat(commit("commit=" + COMMIT + "\nchanged=false")).isEqualTo(COMMIT);
        assertThat(commit("commit=" + COMMIT + "\nchanged=true")).isEqualTo(COMMIT + ", changed");
    }

    @Test
    void outsideACloneTheCommitIsUnknown() throws IOException {
        assertThat(Versions.commit(null)).isEmpty();
        assertThat(commit("")).isEqualTo("unknown");
        assertThat(commit("commit=${commit}")).isEqualTo("unknown");
    }
}
