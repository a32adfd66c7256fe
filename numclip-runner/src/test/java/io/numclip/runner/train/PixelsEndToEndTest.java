package io.numclip.runner.train;

import static io.numclip.golden.GoldenFigures.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.TestingConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code backbone.model: pixels}, from the first command to the last. */
class PixelsEndToEndTest {

    @TempDir
    private static Path shared;

    private static TestingConsole console;

    @BeforeAll
    static void start() {
        console = TestingConsole.in(shared);
    }

    private static AbstractIntegerAssert<?> train(Path run, String method) {
        return console.train(run, "backbone.model=pixels", "method=" + method);
    }

    /** The numbers of all images. */
    private static List<Double> predicted(Path model) throws IOException {
        console.run("predict", model, IMAGES, "--format", "jsonl").isZero();
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
        train(run, method).isZero();
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
        console.run("export", moved, "--to", "model", handed).isZero();
        assertThat(predicted(handed)).isEqualTo(expected);
        assertThat(handed.resolve("README.md")).content().contains("colours averaged over 16 x 16 squares");
        console.run("export", moved, "--to", "onnx", shared.resolve(method + ".onnx"))
                .isZero();
        assertThat(console.out()).contains("ONNX Runtime gives the same numbers");
    }

    @Test
    void aMethodWithWordsIsRefused() {
        train(shared.resolve("words"), "numclip").isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err()).contains("pixels has an image tower only", "method numclip", "linear-probe, ridge");
    }

    @Test
    void imagesAreEmbeddedAndTextsAreNot() {
        String image = IMAGES.resolve("photo.jpg").toString();
        console.run("embed", "--model", "pixels", "--image", image).isZero();
        console.run("embed", "--model", "pixels", "--text", "a face").isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
    }

    @Test
    void itIsInspectedByItsName() {
        console.run("report", "pixels").isZero();
        assertThat(console.out())
                .contains("plain pixels, without a network", "16 x 16 squares of 4 pixels", "769 dimensions")
                .containsPattern("layout +NumCLIP ")
                .containsPattern("weights +none");
        assertThat(console.out().lines())
                .filteredOn(line -> !line.contains("/"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }
}
