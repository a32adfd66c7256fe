package io.numclip.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.Golden;
import io.numclip.host.TestingCatalog;
import io.numclip.host.TestingTask;
import io.numclip.host.plugin.Component;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.spi.ComponentFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @TempDir
    Path folder;

    private TestingConsole console;

    @BeforeEach
    void start() {
        console = new TestingConsole(TestingCatalog.create(folder), folder);
    }

    @Test
    void helpTellsTheVersionToo() {
        assertThat(console.run("help", "-V")).isZero();
        assertThat(console.out()).startsWith("numclip ").contains("libtorch").doesNotContain("Usage:");
        assertThat(console.run("help", "train")).isZero();
        assertThat(console.out()).contains("Usage: numclip train");
    }

    @Test
    void helpTellsTheCommandsAndExitCodes() throws IOException {
        assertThat(console.run("--help")).isZero();
        Golden.assertEqualsFile("help/numclip.txt", console.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "init",
                "train",
                "compare",
                "reproduce",
                "evaluate",
                "report",
                "split",
                "words",
                "predict",
                "serve",
                "embed",
                "inspect",
                "pull",
                "export",
                "plugins",
                "config",
                "doctor"
            })
    void everyCommandExplainsItselfWithExamples(String command) throws IOException {
        assertThat(console.run(command, "--help")).isZero();
        assertThat(console.out()).contains("Examples:");
        assertThat(console.out().split("Examples:\n", 2)[1].split("\n\n", 2)[0].lines())
                .as("examples that fit into 80 columns")
                .allMatch(line -> line.startsWith("  ") && line.length() < 80);
        Golden.assertEqualsFile("help/" + command + ".txt", console.out());
    }

    @ParameterizedTest
    @CsvSource({
        "limits, config limits",
        "components methods, config components",
        "runs, report FOLDER",
        "completion bash, generate-completion",
        "evaluate run --by=bin, 'evaluate RUN, which prints all parts of the images'",
        "evaluate run --against other, report RUN OTHER",
        "words --task age, words TASK"
    })
    void anOldNameTellsWhatTookItsPlace(String words, String now) {
        assertThat(console.run(words.split(" "))).isEqualTo(64);
        assertThat(console.err()).contains("any more\n  fix: use ", "numclip " + now);
    }

    @Test
    void aNameThatOnlyGroupsCommandsShowsItsHelp() {
        assertThat(console.run()).isZero();
        assertThat(console.out()).startsWith("Usage: numclip ").contains("Exit codes:");
        assertThat(console.run("plugins")).isZero();
        assertThat(console.out()).startsWith("Usage: numclip plugins ").contains("trust");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "predict --version", "doctor -V", "config print --version", "plugins list -V"})
    void everyCommandTellsTheVersion(String words) {
        assertThat(console.run(words.split(" "))).isZero();
        assertThat(console.out()).startsWith("numclip ").contains("Java  ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "predict||a.png",
                "predict|run|",
                "predict|run|a.png|--out|",
                "predict|run|a.png|--root|",
                "embed|--image|",
                "inspect|",
                "serve|",
                "train|",
                "train|age|--out|"
            })
    void anEmptyArgumentIsNoFolder(String words) {
        assertThat(console.run(words.split("\\|", -1))).isEqualTo(64);
        assertThat(console.err()).contains(": an argument is empty\n  fix: name something; a variable of the shell");
    }

    @Test
    void aKindThatDoesNotExistIsAUsageErrorWithTheNearestName() {
        assertThat(console.run("config", "components", "method")).isEqualTo(64);
        assertThat(console.err()).contains("no kind 'method'. Did you mean 'methods'?", "known kinds: methods, task");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void ofAFolderOfRunsTheyAreListed() throws IOException {
        Files.createDirectories(folder.resolve("runs/other"));
        Files.createFile(Files.createDirectories(folder.resolve("runs/age-1")).resolve("config.yaml"));
        assertThat(console.run("report", folder.resolve("runs").toString())).isZero();
        assertThat(console.out().lines().skip(1)).singleElement().asString().matches("age-1 +not finished");
    }

    @Test
    void foreignArgumentsDoNotControlTheTerminal() {
        assertThat(console.run("plugins", "\u001b[31mred\u202e")).isEqualTo(64);
        assertThat(console.err()).contains("'\\u001b[31mred\\u202e'");
    }

    @Test
    void anUnknownCommandIsAUsageErrorWithASuggestion() {
        assertThat(console.run("trian")).isEqualTo(64);
        assertThat(console.err()).contains("trian").contains("train").doesNotContain("at io.numclip");
    }

    @Test
    void helpIsOfTheCommandBelowToo() {
        assertThat(console.run("help", "config", "print")).isZero();
        assertThat(console.out()).contains("config print");
        assertThat(console.run("help", "config", "nope")).isEqualTo(64);
        assertThat(console.err()).contains("Unknown subcommand 'nope'");
    }

    @Test
    void anUnknownOptionIsAUsageError() {
        assertThat(console.run("predict", "--fromat", "csv", "run", "image.png"))
                .isEqualTo(64);
        assertThat(console.err()).contains("--fromat").contains("numclip predict --help");
    }

    @Test
    void threeMistakesAreThreeErrorsAndExit78() throws IOException {
        Path file = Files.copy(
                Path.of("../numclip-host/src/test/resources/errors/config/three-mistakes.yaml"),
                folder.resolve("mine.yaml"));
        assertThat(console.run("train", file.toString())).isEqualTo(78);
        assertThat(console.err())
                .startsWith("error: " + file + ":4:3  backbone.precison")
                .contains("mine.yaml:6:14  training.batchSize")
                .contains("mine.yaml:8:9  fineHead.type")
                .contains("Did you mean \"ssr\"?")
                .doesNotContain("at io.numclip");
    }

    @Test
    void anUnknownTaskIsAConfigurationError() {
        assertThat(console.run("train", "agee")).isEqualTo(78);
        assertThat(console.err())
                .startsWith("error: task agee  task.type: there is no task \"agee\"")
                .contains("Known tasks: brightness");
    }

    /** Lists of a comparison, too, are of options, not of a file. */
    @Test
    void whatIsWrongIsFoundByTheOptionThatWasUsed() {
        assertThat(console.run("compare", "--tasks", "agee", "--methods", "numclip"))
                .isEqualTo(78);
        assertThat(console.err()).startsWith("error: --tasks  tasks.0: there is no task \"agee\"");
        assertThat(console.run("compare", "--tasks", "brightness", "--methods", "corel", "--seeds", "one"))
                .isEqualTo(78);
        assertThat(console.err()).contains("--seeds  seeds", "--methods  ").doesNotContain("--set");
    }

    @Test
    void aRunThatIsNotThereIsAMissingInput() {
        assertThat(console.run("evaluate", folder.resolve("nowhere").toString()))
                .isEqualTo(66);
        assertThat(console.err()).contains("there is no run here").contains("fix: ");
    }

    @Test
    void aFolderWithFilesIsNoPlaceForANewRun() throws IOException {
        Files.writeString(folder.resolve("other.txt"), "mine");
        assertThat(console.run("train", "brightness", "--out", folder.toString()))
                .isEqualTo(73);
        assertThat(console.err()).contains("is not empty").contains("--resume");
    }

    @Test
    void trainNeedsARecipeOrAResumedRun() {
        assertThat(console.run("train")).isEqualTo(64);
    }

    @Test
    void aResumedRunKeepsItsConfiguration() {
        assertThat(console.run("train", "--resume", "runs/x", "--set", "training.epochs=5"))
                .isEqualTo(64);
        assertThat(console.err()).contains("no --set").contains("config.yaml");
    }

    @Test
    void nothingToEmbedIsAUsageError() {
        assertThat(console.run("embed")).isEqualTo(64);
    }

    @Test
    void featureFilesAreOfImagesAndBatchesOfOneOrMore() {
        assertThat(console.run("embed", "--text", "a cat", "--out", "features")).isEqualTo(64);
        assertThat(console.err()).contains("--out is for features of images");
        assertThat(console.run("embed", "--image", "a.png", "--batch-size", "0"))
                .isEqualTo(64);
        assertThat(console.err()).contains("--batch-size: expected 1 or more, found 0");
    }

    @Test
    void aBugIsReportedWithoutAStackTrace() {
        TestingConsole broken = withABug();
        assertThat(broken.run("config", "components", "task")).isEqualTo(70);
        assertThat(broken.err())
                .contains("this is a bug in NumCLIP: IllegalStateException: planted")
                .doesNotContain("at io.numclip");
    }

    @Test
    void aBugShowsItsStackTraceWithDebug() {
        TestingConsole broken = withABug();
        assertThat(broken.run("config", "components", "task", "--debug")).isEqualTo(70);
        assertThat(broken.err()).contains("at io.numclip.runner");
    }

    private TestingConsole withABug() {
        ComponentFactory<?> factory = new TestingTask.Factory() {
            @Override
            public String source() {
                throw new IllegalStateException("planted");
            }
        };
        Component component = new Component(ComponentKind.TASK, "broken", factory, "a test");
        return new TestingConsole(new PluginCatalog(List.of(component), List.of(), List.of(), List.of()), folder);
    }

    @Test
    void componentsListSettingsAndDefaults() {
        assertThat(console.run("config", "components", "task", "fineHead")).isZero();
        assertThat(console.out())
                .contains("brightness  (plugin brightness 1.0.0)")
                .contains("look: plain  (one of plain, round-corners)")
                .contains("ssr  (built in)")
                .doesNotContain("ranking-ce");
    }

    @Test
    void pluginsAreListed() {
        assertThat(console.run("plugins", "list")).isZero();
        assertThat(console.out()).startsWith("built in  ");
    }

    @Test
    void anUnknownWordOfAnOptionIsToldTheKnownOnes() {
        assertThat(console.run("predict", "--interval", "foo", "run", "image")).isEqualTo(64);
        assertThat(console.err())
                .contains("'--interval'")
                .contains("expected one of plain, normalised, per-bin, group, weighted, cqr; found 'foo'");
        assertThat(console.run("export", "--to", "foo", "run", "out")).isEqualTo(64);
        assertThat(console.err()).contains("expected one of model, peft, onnx; found 'foo'");
    }
}
