package io.numclip.runner.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.TestingCatalog;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.TestingConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code backbone.model: pixels}, from the first command to the last. */
class PixelsEndToEndTest {

    private static final Path IMAGES = Path.of("../numclip-core/src/test/resources/golden/images");

    @TempDir
    private static Path shared;

    private static TestingConsole console;

    @BeforeAll
    static void start() {
        System.setProperty("numclip.cache", shared.resolve("cache").toString());
        console = new TestingConsole(TestingCatalog.create(shared), shared);
    }

    private static int train(Path run, String method) {
        return console.run(
                "train",
                "brightness",
                "--quiet",
                "--method",
                method,
                "--out",
                run.toString(),
                "--set",
                "backbone.model=pixels");
    }

    /** The numbers of all images. */
    private static List<Double> predicted(Path model) throws IOException {
        assertThat(console.run("predict", model.toString(), IMAGES.toString(), "--format", "jsonl"))
                .as(console.err())
                .isZero();
        List<Double> values = new ArrayList<>();
        for (String row : console.out().lines().toList()) {
            values.add(new ObjectMapper().readTree(row).get("value").doubleValue());
        }
        assertThat(values).hasSize(9).doesNotContain(Double.NaN);
        return values;
    }

    /** Squares of one colour each: how bright they are must outlast that features are brought to length 1. */
    @ParameterizedTest
    @ValueSource(strings = {"ridge", "linear-probe"})
    void itIsTrainedMovedAndHandedOn(String method) throws IOException {
        Path run = shared.resolve(method);
        assertThat(train(run, method)).as(console.err()).isZero();
        JsonNode metrics = new ObjectMapper().readTree(Files.readString(run.resolve("metrics.json")));
        JsonNode models = metrics.get("models");
        assertThat(models.at("/NumCLIP/mae").asDouble())
                .isLessThan(models.at("/constant/mae").asDouble());
        assertThat(models.has("nearest neighbours, features")).isFalse();
        assertThat(models.has("nearest neighbours, pixels")).isTrue();
        assertThat(console.out()).contains("plain pixels, without a network");
        List<Double> expected = predicted(run);
        Path moved = shared.resolve(method + "-moved");
        Files.move(run, moved);
        assertThat(predicted(moved)).isEqualTo(expected);
        Path handed = shared.resolve(method + "-handed");
        assertThat(console.run("export", moved.toString(), "--to", "model", handed.toString()))
                .as(console.err())
                .isZero();
        assertThat(predicted(handed)).isEqualTo(expected);
        assertThat(handed.resolve("README.md")).content().contains("colours averaged over 16 x 16 squares");
        assertThat(console.run(
                        "export",
                        moved.toString(),
                        "--to",
                        "onnx",
                        shared.resolve(method + ".onnx").toString()))
                .as(console.err())
                .isZero();
        assertThat(console.out()).contains("ONNX Runtime gives the same numbers");
    }

    @Test
    void aMethodWithWordsIsRefused() {
        assertThat(train(shared.resolve("words"), "numclip")).isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err()).contains("pixels has an image tower only", "method numclip", "linear-probe, ridge");
    }

    @Test
    void imagesAreEmbeddedAndTextsAreNot() {
        String image = IMAGES.resolve("photo.jpg").toString();
        assertThat(console.run("embed", "--model", "pixels", "--image", image))
                .as(console.err())
                .isZero();
        assertThat(console.run("embed", "--model", "pixels", "--text", "a face"))
                .isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
    }

    @Test
    void itIsInspectedByItsName() {
        assertThat(console.run("inspect", "pixels")).as(console.err()).isZero();
        assertThat(console.out())
                .contains("plain pixels, without a network", "16 x 16 squares of 4 pixels", "769 dimensions")
                .containsPattern("layout +NumCLIP ")
                .containsPattern("weights +none");
        assertThat(console.out().lines())
                .filteredOn(line -> !line.contains("/"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }
}
