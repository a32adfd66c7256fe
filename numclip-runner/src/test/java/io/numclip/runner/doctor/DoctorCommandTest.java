package io.numclip.runner.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.host.TestingCatalog;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginRefusal;
import io.numclip.runner.terminal.TestingConsole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    @TempDir
    Path folder;

    private static List<String> abouts(JsonNode report) {
        return StreamSupport.stream(report.get("findings").spliterator(), false)
                .map(result -> result.get("about").asText())
                .distinct()
                .toList();
    }

    @Test
    void whereEverythingWorksItEndsWithZeroAndSaysWhatItFound() throws IOException {
        TestingConsole console = TestingConsole.in(folder);
        console.run("doctor", "--format", "json").as(console.out()).isZero();
        JsonNode report = new ObjectMapper().readTree(console.out());
        assertThat(report.get("problems").asInt()).isZero();
        assertThat(abouts(report))
                .containsExactly(
                        "java",
                        "memory",
                        "libtorch",
                        "processors",
                        "gpu",
                        "precision",
                        "batch",
                        "self-test",
                        "plugins",
                        "cache",
                        "native code",
                        "temporary files",
                        "this folder",
                        "short start");
    }

    @Test
    void aRefusedPluginIsAProblemWithItsFix() {
        PluginCatalog catalog = TestingCatalog.create(folder);
        PluginRefusal refusal = new PluginRefusal(
                Path.of("plugins/mine.jar"), "mine", "is not trusted", "trust it: ./numclip plugins trust mine.jar");
        TestingConsole console = new TestingConsole(
                new PluginCatalog(catalog.components(), List.of(), List.of(refusal), List.of()), folder);
        console.run("doctor").isEqualTo(1);
        assertThat(console.out())
                .contains("problem  plugins: mine.jar does not run: is not trusted\n")
                .contains("\n         fix: trust it: ./numclip plugins trust mine.jar\n")
                .contains("\n1 problem, ");
    }

    @Test
    void onOneProcessorLibtorchTakesOneThreadAndItSaysSo() throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ActiveProcessorCount=1",
                "-Xmx300m",
                "-Dnumclip.plugins=" + folder));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.numclip.runner.Main", "doctor"));
        ProcessBuilder program = new ProcessBuilder(line).redirectErrorStream(true);
        program.environment().remove("OMP_NUM_THREADS");
        Process running = program.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(said).isZero();
        assertThat(said.replaceAll("\\s+", " "))
                .contains("Java uses 1, an operation of libtorch 1 thread.")
                .contains("Java's heap takes 29"); // of 300 MB the collector keeps a part
    }
}
