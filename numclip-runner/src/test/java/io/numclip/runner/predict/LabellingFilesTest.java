package io.numclip.runner.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.host.Golden;
import io.numclip.host.result.PredictedModel;
import io.numclip.runner.inputs.InputImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files under {@code src/test/resources/labelling} were accepted by the programs: those of Label Studio were imported by
 * Label Studio 1.23.2, and {@code LabelInterface} of label-studio-sdk 2.1.2 found no error in them; those of FiftyOne were
 * imported by {@code Dataset.from_dir} of fiftyone 1.22.1. The order was kept.
 */
class LabellingFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PHOTOS = Path.of("/photos");
    private static final LabelScale PRICES = new LabelScale(0, 100, "US$");
    private static final LabelScale AGES = new LabelScale(-0.125, 80.5, "years");
    private static final PredictedModel PRICE = new PredictedModel(
            "price <\"&'> $image", "ab12", PRICES, List.of("cheap", "say \"dear\""), List.of(50.0), List.of());
    private static final PredictedModel AGE =
            new PredictedModel("_age.2", "cd34", AGES, List.of("young", "old"), List.of(40.0), List.of());

    @TempDir
    Path folder;

    @Test
    void oneModelIsWrittenAsItWasAccepted() throws IOException {
        List<LabelledModel> models = LabelledModel.of(List.of(PRICE), List.of(PRICES));
        for (LabellingTool tool : LabellingTool.values()) {
            SortedRows rows = rows();
            rows.write(image("sure.png"), List.of(within(7, 6, 10)));
            rows.write(image("a \"b\" <&> +%#ä.png"), List.of(within(50.25, 20, 95)));
            rows.write(image("middle.png"), List.of(within(30, 20, 40)));
            tool.files(models).write(folder, rows);
            assertAccepted(tool, "one");
        }
    }

    @Test
    void severalModelsHaveANumberEach() throws IOException {
        List<LabelledModel> models = LabelledModel.of(List.of(PRICE, AGE), List.of(PRICES, AGES));
        for (LabellingTool tool : LabellingTool.values()) {
            SortedRows rows = rows();
            rows.write(image("sure.png"), List.of(likely(7, 0.875), within(20, 0, 80)));
            rows.write(image("unsure.png"), List.of(likely(60, 0.5), within(30, 30, 30)));
            tool.files(models).write(folder, rows);
            assertAccepted(tool, "two");
        }
    }

    /** Each file is compared with the one that the program has accepted. */
    private void assertAccepted(LabellingTool tool, String models) throws IOException {
        List<String> files = tool == LabellingTool.LABEL_STUDIO
                ? List.of("config.xml", "tasks.json")
                : List.of("metadata.json", "samples.json");
        for (String file : files) {
            Golden.assertEqualsFile(
                    "labelling/" + tool + "/" + models + "/" + file, Files.readString(folder.resolve(file)));
        }
        try (var all = Files.list(folder)) {
            assertThat(all.map(each -> each.getFileName().toString())).containsAll(files);
        }
    }

    @Test
    void theLeastSureIsFirst() throws IOException {
        SortedRows rows = rows();
        for (int i = 0; i < 20; i++) {
            int width = 7 * i % 20; // every width once, in no order
            rows.write(image(width + ".png"), List.of(within(50, 50 - width, 50 + width)));
        }
        LabellingTool.LABEL_STUDIO
                .files(LabelledModel.of(List.of(PRICE), List.of(PRICES)))
                .write(folder, rows);
        List<Double> scores = JSON.readTree(folder.resolve("tasks.json").toFile()).findValues("score").stream()
                .map(JsonNode::asDouble)
                .toList();
        assertThat(scores).hasSize(20).isSorted();
        assertThat(scores.get(0)).isEqualTo(1 - 38 / 100.0);
        assertThat(scores.get(19)).isEqualTo(1);
    }

    /** Where it does not separate folders. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aBackslashOfANameStaysOne() throws IOException {
        SortedRows rows = rows();
        rows.write(image("back\\slash.png"), List.of(within(50, 40, 60)));
        LabellingTool.LABEL_STUDIO
                .files(LabelledModel.of(List.of(PRICE), List.of(PRICES)))
                .write(folder, rows);
        assertThat(JSON.readTree(folder.resolve("tasks.json").toFile()).findValuesAsText("image"))
                .containsExactly("/data/local-files/?d=photos/back%5Cslash.png");
    }

    @Test
    void aScoreIsNeverBelowZero() {
        LabelledModel model = LabelledModel.of(List.of(PRICE), List.of(PRICES)).get(0);
        assertThat(model.confidence(within(50, -20, 120))).isZero();
    }

    @Test
    void prefixesAreNamesThatBothProgramsTake() {
        assertThat(prefixes("run")).containsExactly("");
        assertThat(prefixes("a.b", "a b", "a_b_2", "_x$y", "…", "größe"))
                .containsExactly("a_b_", "a_b_2_", "a_b_2_2_", "x_y_", "model_", "größe_");
    }

    private static List<String> prefixes(String... names) {
        List<PredictedModel> models = List.of(names).stream()
                .map(name -> new PredictedModel(name, "", AGES, List.of(), List.of(), List.of()))
                .toList();
        return LabelledModel.of(models, models.stream().map(each -> AGES).toList()).stream()
                .map(LabelledModel::prefix)
                .toList();
    }

    @Test
    void filesOfTheUserAreNotReplaced() throws IOException {
        LabellingFiles.create(folder);
        LabellingFiles.create(folder.resolve("new/one"));
        assertThat(folder.resolve("new/one")).isDirectory();
        assertThatThrownBy(() -> LabellingFiles.create(folder))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining(folder + ": expected an empty folder, or none yet");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> LabellingFiles.create(file)).isInstanceOf(NumClipException.class);
    }

    private static SortedRows rows() {
        return new SortedRows(SortedRows.Key.WIDTH);
    }

    private static InputImage image(String name) {
        return new InputImage(name, PHOTOS.resolve(name), Map.of(), null);
    }

    private static Prediction likely(double value, double probability) {
        return new Prediction(value, concepts(probability));
    }

    private static Prediction within(double value, double lower, double upper) {
        Uncertainty.Interval interval = new Uncertainty.Interval(lower, upper);
        return new Prediction(
                value, concepts(0.75), new Uncertainty(0.9, interval, List.of(), List.of(), false, false));
    }

    private static List<Prediction.Concept> concepts(double likeliest) {
        return List.of(
                new Prediction.Concept("cheap", 1 - likeliest), new Prediction.Concept("say \"dear\"", likeliest));
    }
}
