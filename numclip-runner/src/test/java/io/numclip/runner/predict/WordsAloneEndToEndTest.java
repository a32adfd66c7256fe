package io.numclip.runner.predict;

import static io.numclip.golden.GoldenFigures.CLIP;
import static io.numclip.golden.GoldenFigures.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.Uncertainty;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.storage.AtomicFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of models that have learned from no image. */
@Tag("ci")
class WordsAloneEndToEndTest {

    private static final Path PHOTO = IMAGES.resolve("photo.jpg");
    private static final String SCALE = "unripe=0, ripe=4, overripe=8";

    @TempDir
    Path folder;

    private TestingConsole console;

    @BeforeEach
    void start() {
        console = TestingConsole.in(folder);
    }

    @Test
    void aRecipeAloneGivesTheNumbersThatATrainingReportsOfItsWords() throws IOException {
        Path task = Files.writeString(
                folder.resolve("squares.yaml"),
                "task: {type: brightness, data: {format: csv, file: squares.csv, root: " + IMAGES.toAbsolutePath()
                        + "}}\nbackbone: {model: " + CLIP.toAbsolutePath() + "}\n");
        StringBuilder list = new StringBuilder("image,value,split\n");
        List<Path> images = AtomicFolder.list(IMAGES);
        for (int i = 0; i < images.size(); i++) {
            String split = List.of("train", "validation", "test").get(i % 3);
            list.append(images.get(i).getFileName() + "," + (i + 0.5) + "," + split + "\n");
        }
        Files.writeString(folder.resolve("squares.csv"), list);
        Path run = folder.resolve("run");
        console.run("train", task, "--method", "zero-shot-ensemble", "--quiet", "--out", run)
                .isZero();
        Map<String, Double> reported = new HashMap<>();
        Files.readAllLines(run.resolve("predictions.csv")).stream().skip(1).forEach(line -> {
            String[] cells = line.split(",");
            reported.put(cells[0], Double.valueOf(cells[1]));
        });
        console.run("predict", task, IMAGES, "--format", "jsonl").isZero();
        Map<String, JsonNode> predicted = rows();
        assertThat(reported)
                .hasSize(3)
                .allSatisfy((name, value) ->
                        assertThat(predicted.get(name).get("value").asDouble()).isCloseTo(value, within(1e-5)));
        assertThat(predicted.values()).allSatisfy(row -> {
            assertThat(row.get("model").asText()).isEqualTo("brightness");
            assertThat(row.get("note").asText()).isEqualTo(Uncertainty.FROM_WORDS);
            assertThat(row.get("value").asDouble())
                    .isBetween(row.get("lower").asDouble(), row.get("upper").asDouble());
        });
    }

    @Test
    void wordsOfOnesOwnAreAScale() throws IOException {
        console.run("predict", "--words", SCALE, "--unit", "days", "--backbone", CLIP, PHOTO, "--format", "csv")
                .isZero();
        List<String> rows = console.out().lines().toList();
        assertThat(rows.get(0)).contains(",digest,note,p:unripe,p:ripe,p:overripe,atLeast:2,atLeast:6,error,damaged");
        assertThat(rows.get(1)).contains(",days,", ",words,", ",\"" + Uncertainty.FROM_WORDS + "\",");
        assertThat(console.err()).doesNotContain("warning");
        console.run("predict", "--words", SCALE, PHOTO).isZero();
        assertThat(console.out()).contains(" points, ", ", " + Uncertainty.FROM_WORDS + "  (");
    }

    @Test
    void aFolderWithAModelIsNoRecipe() throws IOException {
        console.run("predict", folder.resolve("brightness"), PHOTO).isEqualTo(66);
        assertThat(console.err()).contains("no trained model");
        console.run("predict", "brightness", PHOTO, "--backbone", CLIP).isZero();
        assertThat(console.out()).contains(" steps, ", Uncertainty.FROM_WORDS);
        Files.move(AtomicFolder.list(folder.resolve("cache/words")).get(0), folder.resolve("kept"));
        console.run("predict", folder.resolve("kept/brightness"), PHOTO).isZero();
        assertThat(console.out()).contains(Uncertainty.FROM_WORDS);
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        console.run("predict", "--words", "ripe=4", PHOTO).isEqualTo(64);
        assertThat(console.err()).contains("found one word");
        console.run("predict", "brightness", "--unit", "days", PHOTO).isEqualTo(64);
        assertThat(console.err()).contains("--unit is that of --words; a model has its own");
        console.run("predict", "brightness").isEqualTo(64);
        assertThat(console.err()).contains("no image is named after the models");
        console.run("predict", "brightness", PHOTO, "--backbone", CLIP, "--interval", "plain")
                .isEqualTo(64);
        assertThat(console.err()).contains("the model is not calibrated, so its predictions have no intervals");
    }

    private Map<String, JsonNode> rows() throws IOException {
        Map<String, JsonNode> rows = new HashMap<>();
        for (String line : console.out().lines().toList()) {
            JsonNode row = new ObjectMapper().readTree(line);
            rows.put(String.valueOf(Path.of(row.get("file").asText()).getFileName()), row);
        }
        return rows;
    }
}
