package io.numclip.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ends {@link EndingProgram} in a process of its own. */
@DisabledOnOs(OS.WINDOWS)
@Tag("ci")
class GracefulEndTest {

    @TempDir
    private Path folder;

    @Test
    void workThatIsStoppedMayStillUseWhatJavaRefusesAtItsEnd() throws Exception {
        Process program = start("obedient");
        terminate(program);
        assertThat(program.inputReader().readLine()).isEqualTo("stopped in good order");
        assertEndsWith(program, 143);
    }

    @Test
    void aSecondSignalEndsWorkThatDoesNotStop() throws Exception {
        Process program = start("stubborn");
        terminate(program);
        assertThat(program.inputReader().readLine()).isEqualTo("interrupted");
        terminate(program);
        assertEndsWith(program, 143);
    }

    @Test
    void whoEndsJavaUnaskedIsNamed() throws Exception {
        Process program = start("leaving");
        try (BufferedReader errors = program.errorReader()) {
            assertThat(errors.readLine())
                    .isEqualTo(
                            "error: io.numclip.runner.EndingProgram.leave has ended Java before the command was done");
            assertThat(errors.readLine()).startsWith("  fix: ");
        }
        assertEndsWith(program, 69);
    }

    @Test
    void workThatIsDoneEndsWithItsOwnCode() throws Exception {
        assertEndsWith(start("done"), 7);
    }

    private Process start(String work) throws IOException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndingProgram.class.getName(),
                        work)
                .directory(folder.toFile())
                .start();
        assertThat(program.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("ready");
        return program;
    }

    private static void terminate(Process program) {
        program.toHandle().destroy(); // SIGTERM
    }

    private static void assertEndsWith(Process program, int code) throws InterruptedException {
        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(program.exitValue()).isEqualTo(code);
    }
}
