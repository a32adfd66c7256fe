package io.numclip.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.runner.terminal.TestingConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {

    @TempDir
    Path folder;

    private TestingConsole console;

    @BeforeEach
    void start() {
        console = TestingConsole.in(folder);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void aConfigurationIsPrintedInFullAndReadsBackUnchanged() throws IOException {
        console.run("config", "print", "brightness", "--set", "training.epochs=5")
                .isZero();
        String full = console.out();
        assertThat(full).contains("epochs: 5", "fineHead:", "uncertainty:");
        console.run("config", "print", file("full.yaml", full)).isZero();
        assertThat(console.out()).isEqualTo(full);
    }

    @Test
    void aRunIsReadByItsFolder() throws IOException {
        console.run("config", "print", "brightness").isZero();
        Path run = Files.createDirectories(folder.resolve("runs/one"));
        Files.writeString(run.resolve("config.yaml"), console.out());
        console.run("config", "diff", run, "brightness").isZero();
        assertThat(console.out()).isEqualTo("no setting differs\n");
    }

    @Test
    void twoConfigurationsAreComparedSettingBySetting() throws IOException {
        String mine = file(
                "mine.yaml",
                "task: {type: brightness}\ntraining: {epochs: 77}\nfineHead: {type: ssr}\nlosses: [{type: ranking-ce}]");
        console.run("config", "diff", "brightness", mine).isZero();
        assertThat(console.out())
                .startsWith("setting ")
                .containsPattern("training\\.epochs +\\d+ +77\n")
                .containsPattern("losses\\.1\\.type +\\S+ +-\n")
                .doesNotContain("training.batchSize");
    }

    @Test
    void allMistakesOfAllFilesAreNamedAtOnce() throws IOException {
        String good = file("good.yaml", "task: {type: brightness}");
        String comparison = file("comparison.yaml", "tasks: [brightness]\nmethods: [numclip]");
        console.run("config", "validate", good, comparison).isZero();
        assertThat(console.out()).isEqualTo(good + ": no mistakes\n" + comparison + ": no mistakes\n");
        String bad = file("bad.yaml", "task: {type: brightness}\ntraining: {epcohs: 1, batchSize: many}");
        String worse = file("worse.yaml", "tasks: [brightness]\nmethods: [numclip]\nseed: 1");
        console.run("config", "validate", bad, good, worse).isEqualTo(78);
        assertThat(console.out()).isEqualTo(good + ": no mistakes\n");
        assertThat(console.err())
                .contains(bad + ":2:12  training.epcohs", bad + ":2:34  training.batchSize", worse + ":3:1  seed");
    }

    @Test
    void theConfigurationsOfAComparisonAreCheckedToo() throws IOException {
        String rivals = file("rivals.yaml", """
                tasks: [brightness]
                methods: [numclip, corel]
                folds: all
                settings: {training.epochs: x}
                against: coral
                """);
        console.run("config", "validate", rivals).isEqualTo(78);
        assertThat(console.err())
                .contains(
                        rivals + ":2:20  method: there is no method \"corel\"",
                        rivals + ":4:29  training.epochs: expected a whole number; found x",
                        rivals + ":5:10  against: the comparison has no method \"coral\"");
    }

    @Test
    void recipesAndRunsAreCheckedToo() throws IOException {
        Path run = Files.createDirectories(folder.resolve("runs/one"));
        Files.writeString(run.resolve("config.yaml"), "task: {type: brightness}\ntraining: {epochs: some}");
        console.run("config", "validate", "brightness").isZero();
        assertThat(console.out()).isEqualTo("brightness: no mistakes\n");
        console.run("config", "validate", "brihgtness", run).isEqualTo(78);
        assertThat(console.err())
                .contains("Did you mean \"brightness\"?", run.resolve("config.yaml") + ":2:20  training.epochs");
    }

    @Test
    void aFileThatIsNotThereIsMissing() {
        console.run("config", "validate", folder.resolve("no.yaml")).isEqualTo(66);
    }

    @Test
    void whatIsNoFileIsToldSo() throws Exception {
        Path pipe = folder.resolve("pipe.yaml");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        console.run("config", "validate", pipe).isEqualTo(65);
        assertThat(console.err()).contains(pipe + ": not a regular file");
    }

    @Test
    void aListAndAClipThatATrainingWouldNotFindAreBothMissing() throws IOException {
        String mine = file("mine.yaml", """
                task: {type: generic, name: sky, minimum: 0, maximum: 8, unit: eighths, data: {format: csv, file: none.csv}}
                binning: {type: fixed, bins: [{concept: clear, below: 4}, {concept: cloudy}]}
                backbone: {model: no-such-clip}
                """);
        console.run("config", "validate", mine).isEqualTo(66);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).contains("none.csv: no such file", "no-such-clip");
    }

    @Test
    void theSchemaHasPluginsDescriptionsAndDefaults() throws IOException {
        console.run("config", "schema").isZero();
        JsonNode schema = new ObjectMapper().readTree(console.out());
        assertThat(schema.at("/definitions/task/properties/type/enum").toString())
                .contains("brightness");
        JsonNode epochs = schema.at("/else/properties/training/properties/batchSize");
        assertThat(epochs.get("type").asText()).isEqualTo("integer");
        assertThat(epochs.get("description").asText()).isEqualTo("images per step");
        assertThat(epochs.get("default").isInt()).isTrue();
        String first = console.out();
        console.run("config", "schema").isZero();
        assertThat(console.out()).isEqualTo(first);
    }
}
