package io.numclip.runner.train;

import static io.numclip.golden.GoldenFigures.CLIP;
import static io.numclip.golden.GoldenFigures.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.dataset.TaskImages;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.runner.terminal.TrainedRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The commands of docs/protocols.md on a tiny CLIP of random weights. */
@Tag("ci")
class ProtocolEndToEndTest {

    private static final String STAMP = "reference protocol: the model was picked on the test images";

    @TempDir
    Path folder;

    private TestingConsole console;
    private Path run;

    @BeforeEach
    void start() {
        console = TestingConsole.in(folder);
        run = folder.resolve("run");
    }

    @Test
    void foldsAreTrainedInTurnAndGoOnWhereTheyWereLeft() throws IOException {
        train("--set", "protocol.folds=3", "--folds", "all").isZero();
        assertThat(console.out()).contains("Mean ± standard deviation over 3 folds, equally weighted:");
        assertMeansAreThoseOfTheFolds();
        assertThat(Files.readAllLines(run.resolve("folds.csv"))).hasSize(1 + 3 * 8);
        assertThat(run.resolve("report.html")).isNotEmptyFile();
        String first = console.out();

        FileTime untouched = Files.getLastModifiedTime(run.resolve("fold-1/metrics.json"));
        Files.delete(run.resolve("fold-2/metrics.json"));
        console.run("train", "--resume", run).isZero();
        assertThat(console.err()).containsOnlyOnce("resuming after epoch 1");
        assertThat(console.out()).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(run.resolve("fold-1/metrics.json")))
                .isEqualTo(untouched);
    }

    @Test
    void aFoldThatFailsDoesNotLoseTheOthers() throws IOException {
        train("--set", "protocol.folds=3", "--folds", "1,3").isZero();
        Files.writeString(run.resolve("folds.txt"), "1\n2\n3\n");
        Files.createDirectory(run.resolve("fold-2"));
        Files.writeString(run.resolve("fold-2/mine.txt"), "not a run");
        console.run("train", "--resume", run).isEqualTo(1);
        assertThat(console.out())
                .contains("over 2 folds")
                .containsPattern("fold 2 failed \\(exit code 73\\): .*is not empty");
        assertThat(json("folds.json").at("/folds/1/exitCode").asInt()).isEqualTo(73);
    }

    @Test
    void dataWithoutFoldsSayHowToGetSome() {
        train("--folds", "all").isEqualTo(78);
        assertThat(console.err()).contains("there are no folds").contains("protocol.folds=5");
    }

    @Test
    void allFoldsReadTheSameDataOnce() throws IOException {
        Path images = IMAGES.toAbsolutePath();
        List<String> rows = List.of("photo.jpg,1", "gray.png,2", "portrait.png,3", "rgba.png,4", "exact.png,5");
        Path list = Files.writeString(
                folder.resolve("twice.csv"), "image,value\n" + String.join("\n", rows) + "\nphoto.jpg,1\n");
        String data = "task.data={format: csv, file: " + list + ", root: " + images + "}";
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger log = (Logger) LoggerFactory.getLogger(TaskImages.class);
        log.addAppender(said);
        try {
            train("--set", data, "--set", "protocol.folds=3", "--folds", "all", "--method", "zero-shot")
                    .isZero();
            assertThat(said.list).singleElement().asString().contains("listed more than once");
        } finally {
            log.detachAppender(said);
        }
    }

    @Test
    void aManifestIsWrittenUsedAndGuarded() throws IOException {
        Path file = folder.resolve("split.csv");
        console.run("split", "brightness", "--validation", "0.2", "--test", "0.25", "--out", file)
                .isZero();
        assertThat(console.out()).contains("test: 16 images").contains("protocol.manifest=" + file);
        train("--set", "protocol.manifest=" + file).isZero();
        assertThat(console.out()).contains("16 test images").contains("splits from the manifest " + file);

        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(19, lines.get(19).replace(",train,", ",test,"));
        Files.write(file, lines);
        console.run("evaluate", run).isEqualTo(65);
        assertThat(console.err()).contains("split.csv:20: changed since the manifest was written");
    }

    @Test
    void optionsOfASplitThatDoNotGoTogetherAreRefused() {
        String out = folder.resolve("s.csv").toString();
        console.run("split", "brightness", "--out", out, "--folds", "5", "--test", "0.1")
                .isEqualTo(64);
        console.run("split", "brightness", "--out", out, "--folds", "0").isEqualTo(64);
    }

    @Test
    void theNextCommandHasNoSettingThatTheManifestReplaces() {
        Path file = folder.resolve("folds.csv");
        console.run(
                        "split",
                        "brightness",
                        "--folds",
                        "4",
                        "--set",
                        "protocol.folds=3",
                        "--set",
                        "training.epochs=0",
                        "--out",
                        file)
                .isZero();
        assertThat(console.out())
                .contains("training.epochs", "protocol.manifest=" + file)
                .doesNotContain("protocol.folds");
    }

    @Test
    void aGroupedManifestNeedsSubjects() {
        console.run("split", "brightness", "--by", "grouped", "--out", folder.resolve("s"))
                .isEqualTo(65);
        assertThat(console.err()).contains("64 of 64 images have no subject").contains("--set protocol.group=COLUMN");
    }

    @Test
    void theReferenceProtocolIsStampedOnEverything() throws IOException {
        train("--set", "protocol.selection=reference", "--set", "protocol.fewShot=1")
                .isZero();
        assertThat(console.out()).contains(STAMP).contains("few-shot: at most 1 training image of each label");
        assertThat(run.resolve("config.yaml"))
                .content()
                .startsWith("# " + STAMP)
                .contains("selection: reference");
        assertThat(run.resolve("report.html")).content().contains(STAMP);
        assertThat(json("metrics.json").at("/protocol/notes/0").asText()).isEqualTo(STAMP);
        console.run("evaluate", run).isZero();
        assertThat(console.out())
                .contains(STAMP)
                .containsPattern("few +16 +[\\d.]+ \\[")
                .doesNotContain("many");
        assertThat(json("metrics.json").at("/parts/long-tail/few/images").asInt())
                .isEqualTo(16);
        console.run("report", run).isZero();
        assertThat(console.out()).contains(STAMP);
    }

    @Test
    void evaluateSaysEveryMetricWithItsIntervalAndTheConstantBehind() throws IOException {
        TrainedRun.copy(run);
        console.run("evaluate", run).isZero();
        assertThat(console.out())
                .containsPattern("(?m)^MAE +[\\d.]+ \\[[\\d.]+, [\\d.]+] .*, the median$")
                .containsPattern("(?m)^kappa +[-\\d.]+")
                .containsPattern("(?m)^RPS .*the shares of the bins$")
                .containsPattern("(?m)^bin +images +MAE +accuracy +bias");
    }

    @Test
    void twoRunsAreComparedImageByImage() throws IOException {
        TrainedRun.copy(run);
        Path other = TrainedRun.copy(folder.resolve("other"));
        compare(other).isZero();
        assertThat(console.out())
                .containsPattern("(?m)^other +MAE .*0\\.000 \\[0\\.000, 0\\.000] +1\\.0000$")
                .contains("accuracy");

        Path predictions = other.resolve("predictions.csv");
        List<String> lines = Files.readAllLines(predictions);
        lines.set(1, lines.get(1).replaceFirst("^([^,]*,[^,]*),[^,]*,", "$1,0.123,"));
        Files.write(predictions, lines);
        compare(other).isEqualTo(65);
        assertThat(console.err()).contains("has the label").contains("0.123");

        Files.write(predictions, lines.subList(0, 1));
        compare(other).isEqualTo(65);
        assertThat(console.err()).contains("have 0 test images in common");

        Files.delete(other.resolve("metrics.json"));
        compare(other).isEqualTo(66);
        assertThat(console.err()).contains("the run is not finished");
    }

    private AbstractIntegerAssert<?> compare(Path other) {
        return console.run("report", run, other, "--out", folder.resolve("two.html"));
    }

    private void assertMeansAreThoseOfTheFolds() throws IOException {
        JsonNode folds = json("folds.json");
        double[] figures = IntStream.of(1, 2, 3)
                .mapToDouble(fold -> json("fold-" + fold + "/metrics.json")
                        .at("/models/NumCLIP/mae")
                        .asDouble())
                .toArray();
        double mean = Arrays.stream(figures).average().orElseThrow();
        double squares = Arrays.stream(figures)
                .map(figure -> (figure - mean) * (figure - mean))
                .sum();
        JsonNode summary = folds.at("/summary/NumCLIP/mae");
        assertThat(summary.get("mean").asDouble()).isCloseTo(mean, within(1e-12));
        assertThat(summary.get("deviation").asDouble()).isCloseTo(Math.sqrt(squares / 2), within(1e-12));
    }

    private JsonNode json(String file) {
        try {
            return new ObjectMapper().readTree(run.resolve(file).toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private AbstractIntegerAssert<?> train(Object... further) {
        Object[] usual = {"train", "brightness", "--set", "backbone.model=" + CLIP, "--set", "training.epochs=1"};
        return console.run(usual, "--out", run, further);
    }
}
