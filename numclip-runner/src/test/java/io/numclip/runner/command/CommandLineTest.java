package io.numclip.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.Golden;
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
        console = TestingConsole.in(folder);
    }

    @Test
    void helpTellsTheVersionToo() {
        console.run("help", "-V").isZero();
        assertThat(console.out()).startsWith("numclip ").contains("libtorch").doesNotContain("Usage:");
        console.run("help", "train").isZero();
        assertThat(console.out()).contains("Usage: numclip train");
    }

    @Test
    void helpTellsTheCommandsAndExitCodes() throws IOException {
        console.run("--help").isZero();
        Golden.assertEqualsFile("help/numclip.txt", console.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "init",
                "label",
                "train",
                "scale",
                "check",
                "compare",
                "reproduce",
                "evaluate",
                "report",
                "split",
                "words",
                "recalibrate",
                "predict",
                "serve",
                "embed",
                "pull",
                "export",
                "plugins",
                "config",
                "doctor"
            })
    void everyCommandExplainsItselfWithExamples(String command) throws IOException {
        console.run(command, "--help").isZero();
        assertThat(console.out()).contains("Examples:");
        assertThat(console.out().split("Examples:\n", 2)[1].split("\n\n", 2)[0].lines())
                .as("examples that fit into 80 columns")
                .allMatch(line -> line.startsWith("  ") && line.length() < 80);
        Golden.assertEqualsFile("help/" + command + ".txt", console.out());
    }

    @ParameterizedTest
    @CsvSource({
        "inspect run, report RUN or report CLIP",
        "limits, config limits",
        "components methods, config components",
        "runs, report FOLDER",
        "completion bash, generate-completion",
        "evaluate run --by=bin, 'evaluate RUN, which prints all parts of the images'",
        "evaluate run --against other, report RUN OTHER",
        "words --task age, words TASK",
        "split age --group=who, split RECIPE --set protocol.group=COLUMN",
        "reproduce hci --backbone clip, reproduce PROTOCOL --set backbone.model=DIR"
    })
    void anOldNameTellsWhatTookItsPlace(String words, String now) {
        console.run(words.split(" ")).isEqualTo(64);
        assertThat(console.err()).contains("any more\n  fix: use ", "numclip " + now);
    }

    @Test
    void aNameThatOnlyGroupsCommandsShowsItsHelp() {
        console.run().isZero();
        assertThat(console.out()).startsWith("Usage: numclip ").contains("Exit codes:");
        console.run("plugins").isZero();
        assertThat(console.out()).startsWith("Usage: numclip plugins ").contains("trust");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "predict --version", "doctor -V", "config print --version", "plugins list -V"})
    void everyCommandTellsTheVersion(String words) {
        console.run(words.split(" ")).isZero();
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
                "report|",
                "serve|",
                "train|",
                "train|age|--out|"
            })
    void anEmptyArgumentIsNoFolder(String words) {
        console.run(words.split("\\|", -1)).isEqualTo(64);
        assertThat(console.err()).contains(": an argument is empty\n  fix: name something; a variable of the shell");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            trian                                         | Did you mean: numclip train
            help config nope                              | Unknown subcommand 'nope'
            config components method                      | no kind 'method'. Did you mean 'methods'?
            predict --fromat csv run image.png            | --fromat
            predict --interval foo run image              | expected one of plain, normalised, per-bin, group, weighted, cqr; found 'foo'
            export --to foo run out                       | expected one of model, peft, onnx; found 'foo'
            train                                         | fix:
            train --resume runs/x --set training.epochs=5 | no --set
            embed                                         | fix:
            embed --text cat --out features               | --out is for features of images
            embed --image a.png --batch-size 0            | --batch-size: expected 1 or more, found 0
            """)
    void aCommandLineThatIsWrongIsToldWhatIsWrong(String words, String said) {
        console.run(words.split(" ")).isEqualTo(64);
        assertThat(console.err()).contains(said).doesNotContain("at io.numclip");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void ofAFolderOfRunsTheyAreListed() throws IOException {
        Files.createDirectories(folder.resolve("runs/other"));
        Files.createFile(Files.createDirectories(folder.resolve("runs/age-1")).resolve("config.yaml"));
        console.run("report", folder.resolve("runs")).isZero();
        assertThat(console.out().lines().skip(1)).singleElement().asString().matches("age-1 +not finished");
    }

    @Test
    void aRecalibratedModelIsNotOneThatIsNotFinished() throws IOException {
        Path run = Files.createDirectories(folder.resolve("runs/age-2"));
        Files.createFile(run.resolve("config.yaml"));
        Files.createFile(run.resolve("recalibration.txt"));
        console.run("report", folder.resolve("runs")).isZero();
        assertThat(console.out()).contains("recalibrated; evaluate tests it").doesNotContain("not finished");
    }

    @Test
    void foreignArgumentsDoNotControlTheTerminal() {
        console.run("plugins", "\u001b[31mred\u202e").isEqualTo(64);
        assertThat(console.err()).contains("'\\u001b[31mred\\u202e'");
    }

    @Test
    void helpIsOfTheCommandBelowToo() {
        console.run("help", "config", "print").isZero();
        assertThat(console.out()).contains("config print");
    }

    @Test
    void threeMistakesAreThreeErrorsAndExit78() throws IOException {
        Path file = Files.copy(
                Path.of("../numclip-host/src/test/resources/errors/config/three-mistakes.yaml"),
                folder.resolve("mine.yaml"));
        console.run("train", file).isEqualTo(78);
        assertThat(console.err())
                .startsWith("error: " + file + ":4:3  backbone.precison")
                .contains("mine.yaml:6:14  training.batchSize")
                .contains("mine.yaml:8:9  fineHead.type")
                .contains("Did you mean \"ssr\"?")
                .doesNotContain("at io.numclip");
    }

    @Test
    void anUnknownTaskIsAConfigurationError() {
        console.run("train", "agee").isEqualTo(78);
        assertThat(console.err())
                .startsWith("error: task agee  task.type: there is no task \"agee\"")
                .contains("Known tasks: brightness");
    }

    /** Lists of a comparison, too, are of options, not of a file. */
    @Test
    void whatIsWrongIsFoundByTheOptionThatWasUsed() {
        console.run("compare", "--tasks", "agee", "--methods", "numclip").isEqualTo(78);
        assertThat(console.err()).startsWith("error: --tasks  tasks.0: there is no task \"agee\"");
        console.run("compare", "--tasks", "brightness", "--methods", "corel", "--seeds", "one")
                .isEqualTo(78);
        assertThat(console.err()).contains("--seeds  seeds", "--methods  ").doesNotContain("--set");
    }

    @Test
    void aRunThatIsNotThereIsAMissingInput() {
        console.run("evaluate", folder.resolve("nowhere")).isEqualTo(66);
        assertThat(console.err()).contains("there is no run here").contains("fix: ");
    }

    @Test
    void aFolderWithFilesIsNoPlaceForANewRun() throws IOException {
        Files.writeString(folder.resolve("other.txt"), "mine");
        console.run("train", "brightness", "--out", folder).isEqualTo(73);
        assertThat(console.err()).contains("is not empty").contains("--resume");
    }

    @Test
    void aBugIsReportedWithoutAStackTrace() {
        TestingConsole broken = withABug();
        broken.run("config", "components", "task").isEqualTo(70);
        assertThat(broken.err())
                .contains("this is a bug in NumCLIP: IllegalStateException: planted")
                .doesNotContain("at io.numclip");
    }

    @Test
    void aBugShowsItsStackTraceWithDebug() {
        TestingConsole broken = withABug();
        broken.run("config", "components", "task", "--debug").isEqualTo(70);
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
        console.run("config", "components", "task", "fineHead").isZero();
        assertThat(console.out())
                .contains("brightness  (plugin brightness 1.0.0)")
                .contains("look: plain  (one of plain, round-corners)")
                .contains("ssr  (built in)")
                .doesNotContain("ranking-ce");
    }

    @Test
    void pluginsAreListed() {
        console.run("plugins", "list").isZero();
        assertThat(console.out()).startsWith("built in  ");
    }
}
