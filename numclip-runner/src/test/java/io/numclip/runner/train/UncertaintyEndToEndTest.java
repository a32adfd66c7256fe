package io.numclip.runner.train;

import static io.numclip.golden.GoldenFigures.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.host.NumClip;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.runner.terminal.TrainedRun;
import io.numclip.storage.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of how sure a model is. */
@Tag("ci")
class UncertaintyEndToEndTest {

    private static final Pattern FIGURE = Pattern.compile("\\d+\\.\\d+");
    private static final String COLUMNS = "lower,upper,set,atLeast4,atLeast8,abstained,outOfRange,familiarity,strange";

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
    void aRunMeasuresItsCoverage() throws IOException {
        TrainedRun.copy(run);
        String said = coverage(TrainedRun.said());
        assertThat(TrainedRun.said()).containsOnlyOnce("of the labels lie inside their intervals, where 90 % are");
        assertThat(TrainedRun.said().replaceAll("\\s+", " "))
                .containsPattern(
                        "negative log-likelihood [\\d.]+, by the coarse head alone [\\d.]+; calibration error");
        assertThat(said).contains("a coverage of 0.9, from 30 calibration images", "normalised", "Sets of concepts");
        assertThat(run.resolve("model/calibration.json")).isNotEmptyFile();
        assertThat(run.resolve("report.html")).content().contains("How sure it is");
        assertThat(Files.readAllLines(run.resolve("predictions.csv")).get(0))
                .isEqualTo("file,value,label,group,dark,gray,bright," + COLUMNS);
        JsonNode figures = new ObjectMapper()
                .readTree(run.resolve("metrics.json").toFile())
                .get("uncertainty");
        assertThat(figures.get("test").get("images").asInt()).isEqualTo(16);
        assertThat(figures.get("verdict").get("coverage").asDouble())
                .isEqualTo(figures.get("intervals")
                        .get("normalised")
                        .get("coverage")
                        .asDouble());
        assertThat(figures.get("verdict").get("promised").asDouble()).isEqualTo(0.9);
        assertThat(figures.get("strange").asInt()).isBetween(0, 16);
        assertThat(figures.get("intervals").get("per-bin").get("coverage").asDouble())
                .isBetween(0.5, 1.0);
        assertThat(figures.get("chances").get("negativeLogLikelihood").asDouble())
                .isPositive();

        console.run("evaluate", run).isZero();
        assertThat(FIGURE.matcher(coverage(console.out())).replaceAll("#"))
                .isEqualTo(FIGURE.matcher(said).replaceAll("#"));
        assertThat(figures(coverage(console.out())))
                .as("a last digit may be rounded otherwise")
                .containsExactly(figures(said), within(0.0015));
        console.run("evaluate", run, "--split", "validation").isZero();
        assertThat(console.out()).doesNotContain("coverage");
        console.run("evaluate", run, "--set", "uncertainty.coverage=0.8").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("the model is calibrated for a coverage of 0.9");
    }

    @Test
    void predictionsSayHowSureTheyAre() throws IOException {
        TrainedRun.copy(run);
        predict("csv", "--abstain-above", "0.001").isEqualTo(ExitCodes.SOME_FAILED);
        List<String> rows = console.out().lines().toList();
        int abstained = List.of(rows.get(0).split(",")).indexOf("abstained");
        assertThat(rows.get(1).split(",")[abstained]).isEqualTo("true");
        assertThat(rows.get(rows.size() - 1)).startsWith("absent.png,,,").endsWith(",there is no such file,");

        predict("jsonl", "--interval", "per-bin").isEqualTo(ExitCodes.SOME_FAILED);
        JsonNode first = new ObjectMapper().readTree(console.out());
        assertThat(first.get("value").asDouble())
                .isBetween(first.get("lower").asDouble(), first.get("upper").asDouble());
        assertThat(first.get("atLeast").get("4").asDouble()).isBetween(0.0, 1.0);
        assertThat(first.get("set")).isNotEmpty();
        assertThat(first.get("abstained").asBoolean()).isFalse();
        assertThat(first.get("strange").asBoolean())
                .isEqualTo(first.get("familiarity").asDouble() <= 0.05);
        assertThat(console.err()).contains("9 of 9 images look unlike those of the training");

        predict("text").isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.out().lines().findFirst().orElseThrow()).contains(" to ", " (90 %), ");
    }

    @Test
    void aFormIsCalibratedWhereItIsAskedFor() throws IOException {
        train(TrainedRun.CALIBRATED, "uncertainty.interval=weighted", "uncertainty.target.bins=[0.2, 0.3, 0.5]")
                .isZero();
        assertThat(coverage(console.out())).contains("weighted").doesNotContain("cqr");
        predict("csv", "--interval", "cqr").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err())
                .contains("no intervals of the form cqr; it has [plain, normalised, per-bin, weighted]");
        predict("csv", "--attribute", "source=a").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err())
                .contains("--attribute: no model has intervals that depend on 'source'.", "uncertainty.group=source");
    }

    @Test
    void anAttributeThatNobodyKnowsIsRefused() throws IOException {
        String data = "task.data=" + byCamera();
        String[] wide = {data, "uncertainty.coverage=0.5", "uncertainty.interval=group", "uncertainty.group=camm"};
        train(wide).isEqualTo(78);
        assertThat(console.err())
                .contains("uncertainty.group: no image has the attribute 'camm'. Did you mean 'cam'?")
                .contains("choose one of cam, or leave it out");
        assertThat(run).doesNotExist();

        wide[3] = "uncertainty.group=cam";
        train(wide).isZero();
        predict("csv", "--attribute", "camm=a").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err())
                .contains("--attribute: no model has intervals that depend on 'camm'. Did you mean 'cam'?");
        predict("csv", "--attribute", "cam=z").isEqualTo(ExitCodes.SOME_FAILED);
        console.run("predict", run, run, IMAGES, "--attribute", "cam=z").isZero();
    }

    private String byCamera() throws IOException {
        StringBuilder rows = new StringBuilder("image,value,split,cam\n");
        for (String image : List.of("photo.jpg", "gray.png", "portrait.png", "rgba.png", "exact.png")) {
            for (int i = 0; i < 4; i++) {
                String split = i == 0 ? "train" : i == 3 ? "test" : "validation";
                Path copy = folder.resolve(i + image);
                Files.copy(IMAGES.resolve(image), copy);
                rows.append("%s,%d,%s,%s%n".formatted(copy.getFileName(), 2 * i, split, i == 1 ? "b" : "a"));
            }
        }
        return "{format: csv, file: " + Files.writeString(folder.resolve("list.csv"), rows) + "}";
    }

    @Test
    void aFormThatIsNotSetUpIsRefused() {
        train("uncertainty.interval=group").isNotZero();
        assertThat(console.err()).contains("the form group needs an attribute");
    }

    @Test
    void aCutIsMeasuredAndDecides() throws IOException {
        String cuts = "uncertainty.cuts=[{below: 5, missAtMost: 0.2}, {above: 9, missAtMost: 0.05}]";
        train(TrainedRun.CALIBRATED, cuts).isZero();
        assertThat(console.err())
                .containsOnlyOnce("the cut 'above 9' has no threshold, so every image is treated as above 9: to miss at"
                        + " most 5 % it needs at least 19 calibration images above 9; found");
        String said = console.out();
        assertThat(said).contains("Decision 'below 5', to miss at most 20 %", "best in hindsight");
        assertThat(run.resolve("report.html"))
                .content()
                .contains("Treated as below 5", "Treated as above 9")
                .containsOnlyOnce("has no threshold, so every image is treated as above 9")
                .containsOnlyOnce("the threshold, chosen on calibration images");
        JsonNode measured = new ObjectMapper()
                .readTree(run.resolve("metrics.json").toFile())
                .at("/uncertainty/cuts/0");
        double threshold = measured.at("/chosen/threshold").asDouble();
        assertThat(measured.at("/cut/side").asText()).isEqualTo("below");
        assertThat(measured.at("/chosen/recall/images").asInt()
                        + measured.at("/chosen/cost/images").asInt())
                .isEqualTo(16);

        console.run("evaluate", run).isZero();
        assertThat(console.out())
                .contains(said.substring(said.indexOf("Decision")).split("\n\n[-+!] ", 2)[0])
                .contains("Bias: the mean of prediction minus label, in steps. Coverage: the share of the labels in");
        console.run("evaluate", run, "--split", "validation").isZero();
        assertThat(console.out()).contains("Bias: the mean").doesNotContain("overage");
        console.run("evaluate", run, "--set", "uncertainty.cuts=[]").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("the model has thresholds for [below 5 (missing at most 20 %), above 9");

        predict("jsonl").isEqualTo(ExitCodes.SOME_FAILED);
        JsonNode first = new ObjectMapper().readTree(console.out());
        assertThat(first.at("/decisions/below 5").asBoolean())
                .isEqualTo(first.get("value").asDouble() <= threshold);
        assertThat(first.at("/decisions/above 9").asBoolean()).isTrue();
        predict("csv").isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.out().lines().findFirst().orElseThrow()).contains("atLeast:8,below:5,above:9,error");
    }

    @Test
    void cutsThatCannotBeAreAllNamed() {
        train("uncertainty.cuts=[{missAtMost: 0.2}, {below: 5, missAtMost: 2}]").isEqualTo(78);
        assertThat(console.err())
                .contains("below and above exclude each other, and a cut needs one; found neither")
                .contains("missAtMost must be from 0.000001 to 0.5; found 2.0");
        train("uncertainty.cuts=[{below: 11, missAtMost: 0.2}]").isEqualTo(78);
        assertThat(console.err())
                .contains("uncertainty.cuts.0: no image or every image is below 11; the scale goes from 0 to 10 steps");
    }

    @Test
    void aModelWithoutCalibrationPredictsAsBefore() throws IOException {
        train("uncertainty.calibration=0").isZero();
        assertThat(console.err()).doesNotContain("no intervals");
        assertThat(run.resolve("model/calibration.json")).doesNotExist();
        predict("csv").isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.out().lines().toList().get(1)).matches("[^,]+,[^,]+,[^,]*,,,,.*");
        predict("csv", "--abstain-above", "3").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("the model is not calibrated");
    }

    @Test
    void aDamagedCalibrationIsNamed() throws IOException {
        TrainedRun.copy(run);
        Files.writeString(run.resolve("model/calibration.json"), "{\"coverage\": 0.9");
        predict("csv").isEqualTo(65);
        assertThat(console.err()).contains("calibration.json: expected ", "Put these files back");
        Seal.put(run.resolve("model")); // which would notice it first
        predict("csv").isEqualTo(65);
        assertThat(console.err()).contains("calibration.json", "delete it to predict without intervals");
    }

    @Test
    void whyThereAreNoIntervalsIsSaidOnce() {
        train("task.data.samples.validation=16").isZero();
        assertThat(console.err())
                .containsOnlyOnce("no intervals: a coverage of 0.9 needs at least 9 calibration images; found 8");
        assertThat(console.out()).doesNotContain("coverage");
    }

    /** 19 calibration images are needed. */
    @Test
    void withFewCalibrationImagesNothingIsCalledOrdinary() throws IOException {
        train("task.data.samples.validation=36").isZero();
        assertThat(console.err())
                .containsOnlyOnce("whether an image is strange cannot be told: a rate of 0.05 needs at least 19"
                        + " calibration images; found 18");
        assertThat(console.out())
                .contains("from 18 calibration images", "is strange cannot be told: that needs at least 19")
                .doesNotContain("look unlike");
        assertThat(Files.readString(run.resolve("predictions.csv"))).doesNotContain("strange", "familiarity");
        JsonNode metrics =
                new ObjectMapper().readTree(run.resolve("metrics.json").toFile());
        assertThat(metrics.get("uncertainty").hasNonNull("strange")).isFalse();
        predict("jsonl").isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.out()).contains("\"lower\"").doesNotContain("strange", "familiarity");
        predict("csv").isEqualTo(ExitCodes.SOME_FAILED);
        List<String> rows = console.out().lines().toList();
        int strange = List.of(rows.get(0).split(",")).indexOf("strange");
        assertThat(rows.get(1).split(",")[strange]).isEmpty();
        predict("text").isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.out()).doesNotContain("strange");
        try (NumClip model = NumClip.open(run)) {
            assertThat(model.familiar()).isEmpty();
        }
    }

    @Test
    void theReferenceProtocolHasNoImagesToCalibrateOn() {
        train("protocol.selection=reference").isZero();
        assertThat(console.err()).containsOnlyOnce("the reference protocol validates on the test images");
    }

    private AbstractIntegerAssert<?> train(String... settings) {
        return console.train(run, TrainedRun.MODEL, settings);
    }

    private AbstractIntegerAssert<?> predict(String format, Object... options) {
        return console.run("predict", run, IMAGES, "absent.png", "--format", format, options);
    }

    private static double[] figures(String text) {
        return FIGURE.matcher(text)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group()))
                .toArray();
    }

    private static String coverage(String text) {
        return text.substring(text.indexOf("Intervals for"), text.indexOf("Chances of the concepts"));
    }
}
