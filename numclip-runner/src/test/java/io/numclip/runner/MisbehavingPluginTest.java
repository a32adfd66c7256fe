package io.numclip.runner;

import static io.numclip.testing.PluginJarBuilder.taskPlugin;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import io.numclip.testing.TestTaskSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that do while they start what only a process of its own survives: it is told which plugin it was. */
@Tag("ci")
class MisbehavingPluginTest {

    private static final String BAD = "bad";

    @TempDir
    private Path folder;

    private PluginFolders folders;

    @BeforeEach
    void putGoodPlugin() {
        folders = new PluginFolders(folder.resolve("plugins"));
        PluginHost.of(folders)
                .trust(taskPlugin("good").writeTo(folders.plugins().resolve("good.jar")));
    }

    @Test
    void whatEndsJavaIsNamed() throws Exception {
        put("static { System.exit(0);");

        assertThat(list()).isEqualTo(69);
        assertThat(err())
                .startsWith(
                        "error: plugin bad 1.0.0 (example.bad.Task$Factory.<clinit>) has ended Java before the command"
                                + " was done\n  fix: a plugin must not call System.exit");
    }

    @Test
    void whatFillsTheMemoryIsRefusedAndTheOthersRun() throws Exception {
        put("static final java.util.List<byte[]> ALL = new java.util.ArrayList<>();"
                + " static { while (System.nanoTime() != 0) { ALL.add(new byte[1 << 20]); }");

        assertThat(list()).isEqualTo(1);
        assertThat(out())
                .contains("good 1.0.0  (good.jar)  task good\n")
                .contains(
                        "refused: bad.jar (plugin bad): class example.bad.Task$Factory needs more memory than Java may");
    }

    @Test
    void threadsThatNeverEndDoNotHoldTheProgram() throws Exception {
        put("static { new Thread(() -> { while (System.nanoTime() != 0) { Thread.onSpinWait(); } }).start();");

        assertThat(list()).isZero();
        assertThat(out()).contains("bad 1.0.0  (bad.jar)  task bad\n");
    }

    /** Its class would end the program as soon as it was loaded. */
    @Test
    void aLogBindingOfItsOwnIsNeverLoaded() throws Exception {
        String binding = "package example.bad; public abstract class Log implements org.slf4j.spi.SLF4JServiceProvider"
                + " { static { System.exit(5); } }";
        PluginHost.of(folders)
                .trust(taskPlugin(BAD)
                        .sources(Map.of("example.bad.Log", binding))
                        .entry("META-INF/services/org.slf4j.spi.SLF4JServiceProvider", "example.bad.Log\n")
                        .writeTo(folders.plugins().resolve("bad.jar")));

        assertThat(list()).isZero();
        assertThat(out()).contains("bad 1.0.0  (bad.jar)  task bad\n");
    }

    /** Java knows no way to hear of it; SECURITY.md says so. */
    @Test
    void whatHaltsJavaEndsTheProgramWithItsOwnCode() throws Exception {
        put("static { Runtime.getRuntime().halt(3);");

        assertThat(list()).isEqualTo(3);
    }

    private void put(String initialiser) {
        String source = TestTaskSource.text(BAD).replace("static {", initialiser);
        PluginHost.of(folders)
                .trust(taskPlugin(BAD)
                        .sources(Map.of(TestTaskSource.taskClass(BAD), source))
                        .writeTo(folders.plugins().resolve("bad.jar")));
    }

    /** @return the exit code of {@code numclip plugins list} */
    private int list() throws IOException, InterruptedException {
        List<String> line = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-Dguice_bytecode_gen_option=DISABLED",
                "-Dnumclip.cache=" + folder.resolve("cache"),
                "-Dnumclip.plugins=" + folders.plugins(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "plugins",
                "list");
        Process program = new ProcessBuilder(line)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        assertThat(program.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return program.exitValue();
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
