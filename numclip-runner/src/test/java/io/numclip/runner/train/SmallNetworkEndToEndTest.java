package io.numclip.runner.train;

import static io.numclip.golden.GoldenFigures.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.ServedRun;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.testing.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code backbone.model: small-network}, from the first command to the last. */
class SmallNetworkEndToEndTest {

    @TempDir
    private static Path shared;

    private static TestingConsole console;
    private static Path run;

    @BeforeAll
    static void start() {
        console = TestingConsole.in(shared);
        run = shared.resolve("run");
        train(run, "regression", "training.epochs=3").isZero();
    }

    private static AbstractIntegerAssert<?> train(Path run, String method, String... settings) {
        return console.train(
                run,
                "backbone.model=small-network",
                "training.learningRates.imageEncoder=3e-4",
                "method=" + method,
                settings);
    }

    /** The rows of all images. */
    private static Map<String, JsonNode> predicted(Path model) throws IOException {
        console.run("predict", model, IMAGES, "--format", "jsonl").isZero();
        Map<String, JsonNode> rows = ServedRun.rows(console.out());
        assertThat(rows).hasSize(9);
        return rows;
    }

    @Test
    void itLearnsIsHandedOnAndExported() throws IOException {
        JsonNode metrics = new ObjectMapper().readTree(Files.readString(run.resolve("metrics.json")));
        JsonNode models = metrics.get("models");
        assertThat(models.at("/NumCLIP/mae").asDouble())
                .isLessThan(models.at("/constant/mae").asDouble());
        assertThat(models.has("nearest neighbours, features")).isFalse();
        assertThat(models.has("nearest neighbours, pixels")).isTrue();
        Map<String, JsonNode> expected = predicted(run);
        assertThat(ServedRun.rows(List.of(run), console.out(), shared)).containsExactly(expected);
        Path handed = shared.resolve("handed");
        console.run("export", run, "--to", "model", handed).isZero();
        assertThat(predicted(handed)).isEqualTo(expected);
        assertThat(handed.resolve("README.md")).content().contains("5 convolutions, the last of width 256");
        console.run("report", handed.resolve("clip")).isZero();
        assertThat(console.out()).contains("small convolutional network").doesNotContain("seen nothing yet");
        console.run("export", run, "--to", "onnx", shared.resolve("model.onnx")).isZero();
        assertThat(console.out()).contains("ONNX Runtime gives the same numbers");
        console.run("evaluate", run).isZero();
    }

    @Test
    void aRunWithoutItsLastEpochGoesOnToTheSameBits() throws IOException {
        Path cut = shared.resolve("cut");
        DataSets.copy(run, cut);
        for (String folder : List.of("checkpoint/epoch-00003", "model")) {
            try (Stream<Path> files = Files.list(cut.resolve(folder))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(cut.resolve(folder));
        }
        console.run("train", "--resume", cut).isZero();
        assertThat(console.err()).contains("resuming after epoch 2");
        for (String file : List.of("predictions.csv", "model/model.safetensors")) {
            assertThat(cut.resolve(file)).hasSameBinaryContentAs(run.resolve(file));
        }
    }

    @Test
    void whatItCannotDoIsRefused() {
        Path none = shared.resolve("none");
        train(none, "numclip").isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err()).contains("small-network has an image tower only", "dldl-v2");
        console.train(none, "backbone.model=small-network", "method=linear-probe")
                .isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err()).contains("small-network has seen no pictures, and its weights must learn");
        console.run("embed", "--model", "small-network", "--image", IMAGES.resolve("photo.jpg"))
                .isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err()).contains("this network has no weights before it is trained");
    }

    @Test
    void itIsInspectedByItsName() {
        console.run("report", "small-network").isZero();
        assertThat(console.out())
                .contains("small convolutional network, which has seen nothing yet", "512 dimensions")
                .contains("5 convolutions of stride 2, the last of width 256, at 64 pixels");
    }
}
