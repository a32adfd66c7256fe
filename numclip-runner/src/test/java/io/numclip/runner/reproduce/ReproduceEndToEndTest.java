package io.numclip.runner.reproduce;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.runner.terminal.TestingTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All published protocols on small copies of the layouts, with a tiny CLIP of random weights. */
@Tag("ci")
class ReproduceEndToEndTest {

    @TempDir
    Path folder;

    private TestingTasks tasks;
    private TestingConsole console;
    private Path out;

    @BeforeEach
    void start() throws Exception {
        System.setProperty("numclip.cache", folder.resolve("cache").toString());
        tasks = new TestingTasks(folder);
        console = new TestingConsole(tasks.catalog(), folder);
        out = folder.resolve("run");
    }

    @AfterEach
    void unload() throws IOException {
        tasks.close();
    }

    @Test
    void withoutANameTheProtocolsAreListed() {
        console.run("reproduce").isZero();
        assertThat(console.out().lines().skip(1).map(line -> line.split(" ", 2)[0]))
                .containsExactly("aesthetics", "morph-proto", "morph-a", "adience", "hci");
    }

    @ParameterizedTest
    @CsvSource({
        "morph-proto, age, morph, 1, 30 (–), 10 (–)",
        "morph-a, age, morph, 5, 32 (4394), 8 (1098)",
        "adience, age, adience, 5, 96 (13093), 24 (4377)",
        "hci, dating, hci, 10, 25 (1050), 10 (250)",
        "aesthetics, aesthetics, beauty, 4, 8 (3290), 2 (823)"
    })
    void aProtocolTrainsAllItsRunsAndSaysWhatWasPublished(
            String protocol, String task, String data, int runs, String train, String test) throws IOException {
        reproduce(protocol, task, data).isZero();
        assertThat(console.out())
                .contains("What differs from the publication:", "CLIP ViT-B/16 of OpenAI", train, test)
                .contains("Changed: training.epochs=1.")
                .contains(runs == 1 ? "MAE, last epoch" : "mean of " + runs)
                .doesNotContain("failed");
        assertThat(out.resolve("reproduce.md")).content().contains("| metric | runs | reached | published |");
        try (var folders = Files.list(out)) {
            assertThat(folders.filter(
                            run -> run.resolve("metrics.json").toFile().exists()))
                    .hasSize(runs);
        }
    }

    @Test
    void theWholeTrainingListIsTrainedOnAndNothingCalibrates() throws IOException {
        reproduce("adience", "age", "adience", "--folds", "3").isZero();
        assertThat(out.resolve("fold-3/config.yaml"))
                .content()
                .contains("selection: reference", "validation: 0.0", "calibration: 0.0", "crop: true", "flip: true");
        assertThat(console.out()).contains("the test images");
    }

    @Test
    void theSameCommandResumesTheMeanIsOverAllRunsAndOtherSettingsAreRefused() throws IOException {
        reproduce("morph-a", "age", "morph", "--folds", "0").isZero();
        FileTime untouched = Files.getLastModifiedTime(out.resolve("fold-0/metrics.json"));
        reproduce("morph-a", "age", "morph", "--folds", "0,2").isZero();
        assertThat(Files.getLastModifiedTime(out.resolve("fold-0/metrics.json")))
                .isEqualTo(untouched);
        double mean = (mae("0") + mae("2")) / 2;
        assertThat(console.out())
                .containsPattern(String.format(
                        Locale.ROOT, "MAE +mean of 2 +%.3f ± [\\d.]+ +2.08 +NumCLIP +NumCLIP \\(ECCV", mean))
                .contains("Runs: 2 of 5 (0, 2).", "in 2 of 2 runs");

        reproduce("morph-a", "age", "morph", "--folds", "0", "--set", "training.batchSize=8")
                .isEqualTo(73);
        assertThat(console.err()).contains("fold-0: made with other settings");
    }

    private double mae(String fold) throws IOException {
        return new ObjectMapper()
                .readTree(out.resolve("fold-" + fold + "/metrics.json").toFile())
                .at("/models/NumCLIP, published code/mae")
                .asDouble();
    }

    @Test
    void withoutARealClipItSaysThatTheFiguresMeanNothing() {
        console.run(
                        "reproduce",
                        "hci",
                        "--data",
                        data("dating", "hci"),
                        "--folds",
                        "0",
                        "--set",
                        "training.epochs=0",
                        "--out",
                        out)
                .isZero();
        assertThat(console.out()).contains("these figures say nothing about the publication");
    }

    @Test
    void anUnknownProtocolAndMissingDataAreUsageErrors() {
        console.run("reproduce", "morf-a").isEqualTo(64);
        assertThat(console.err()).contains("there is no published protocol 'morf-a'. Did you mean 'morph-a'?");
        console.run("reproduce", "morph-a").isEqualTo(64);
        assertThat(console.err())
                .contains("reproduce morph-a needs the data set")
                .contains("--data");
    }

    @Test
    void optionsWithoutAProtocolAreAUsageError() {
        console.run("reproduce", "--folds", "1").isEqualTo(64);
        console.run("reproduce", "--data", "x").isEqualTo(64);
        assertThat(console.err()).contains("name the protocol");
    }

    @Test
    void aFolderWithSomethingElseIsLeftAsItIs() throws IOException {
        Path mine = Files.writeString(Files.createDirectories(out).resolve("reproduce.md"), "# Mine\n");
        reproduce("hci", "dating", "hci", "--folds", "0").isEqualTo(73);
        assertThat(console.err()).contains("holds something else");
        Files.move(mine, out.resolve("notes.md"));
        reproduce("hci", "dating", "hci", "--folds", "0").isEqualTo(73);
        try (var left = Files.list(out)) {
            assertThat(left).containsExactly(out.resolve("notes.md"));
        }
    }

    @Test
    void whatNoRunCanDoWithoutIsLookedForOnce() {
        reproduce("hci", "dating", "hci", "--set", "backbone.model=nope").isEqualTo(66);
        assertThat(console.err()).contains("no such directory").doesNotContain("fold 0");
        assertThat(out).doesNotExist();
        console.run("reproduce", "hci", "--data", folder.resolve("no")).isEqualTo(66);
        assertThat(console.err()).contains("--data").doesNotContain("task.data.root");
    }

    private AbstractIntegerAssert<?> reproduce(String protocol, String task, String data, Object... further) {
        Object[] quick = {
            "--set", "backbone.model=" + CLIP, "--set", "training.epochs=1", "--set", "evaluation.resamples=0"
        };
        return console.run("reproduce", protocol, "--data", data(task, data), quick, "--out", out, "--quiet", further);
    }

    private static String data(String task, String name) {
        return "../numclip-tasks-" + task + "/src/test/resources/" + name;
    }
}
