package io.numclip.runner.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.TestingCatalog;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.storage.Safetensors;
import io.numclip.storage.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model without a text tower, from the first command to the last. */
class ImageTowerEndToEndTest {

    private static final Path CLIP = Path.of("../numclip-core/src/test/resources/golden/clip-tiny-random");

    @TempDir
    private static Path shared;

    private static TestingConsole console;
    private static Path tower;

    @BeforeAll
    static void cutTheTextsOff() throws IOException {
        System.setProperty("numclip.cache", shared.resolve("cache").toString());
        console = new TestingConsole(TestingCatalog.create(shared), shared);
        tower = Files.createDirectory(shared.resolve("tower"));
        Files.copy(CLIP.resolve("preprocessor_config.json"), tower.resolve("preprocessor_config.json"));
        ObjectMapper json = new ObjectMapper();
        ObjectNode config =
                (ObjectNode) json.readTree(CLIP.resolve("config.json").toFile()).get("vision_config");
        config.put("model_type", "clip_vision_model");
        config.putArray("architectures").add("CLIPVisionModel");
        json.writeValue(tower.resolve("config.json").toFile(), config);
        try (Safetensors whole = Safetensors.open(CLIP.resolve("model.safetensors"));
                NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Map<String, NDArray> images = new LinkedHashMap<>();
            for (Safetensors.Entry entry : whole.entries().values()) {
                if (entry.name().startsWith("vision_model.") && entry.type().startsWith("F")) {
                    images.put(entry.name().substring("vision_model.".length()), whole.array(entry.name(), manager));
                }
            }
            SafetensorsWriter.write(
                    tower.resolve("model.safetensors"), images, SafetensorsWriter.Type.F32, Map.of("format", "pt"));
        }
    }

    private static Path train(String name, String method, String... settings) {
        Path run = shared.resolve(name);
        String[] command = new String[8 + 2 * settings.length];
        String[] first = {
            "train",
            "brightness",
            "--quiet",
            "--out",
            run.toString(),
            "--method",
            method,
            "--set=backbone.model=" + tower
        };
        System.arraycopy(first, 0, command, 0, first.length);
        for (int i = 0; i < settings.length; i++) {
            command[first.length + 2 * i] = "--set";
            command[first.length + 2 * i + 1] = settings[i];
        }
        assertThat(console.run(command)).as(console.err()).isZero();
        return run;
    }

    private static String predicted(Path model) throws IOException {
        Path image = CLIP.resolveSibling("images").resolve("photo.jpg");
        assertThat(console.run("predict", model.toString(), image.toString(), "--precision", "fp32"))
                .as(console.err())
                .isZero();
        return console.out();
    }

    @Test
    void itIsTrainedTestedAndHandedOn() throws IOException {
        Path run = train("probe", "linear-probe", "training.epochs=2");
        assertThat(Files.readString(run.resolve("metrics.json"))).doesNotContain("ordinality", "zero-shot", "NaN");
        assertThat(console.run("evaluate", run.toString())).as(console.err()).isZero();
        assertThat(console.out()).contains("MAE").doesNotContain("Ordinality");
        Path handed = shared.resolve("handed");
        assertThat(console.run("export", run.toString(), "--to", "model", handed.toString()))
                .as(console.err())
                .isZero();
        assertThat(predicted(handed)).isEqualTo(predicted(run));
        assertThat(console.run("inspect", handed.toString())).as(console.err()).isZero();
        assertThat(console.run(
                        "export",
                        run.toString(),
                        "--to",
                        "onnx",
                        shared.resolve("probe.onnx").toString()))
                .as(console.err())
                .isZero();
    }

    /** Its head holds training images, and is fitted. */
    @Test
    void itsNearestNeighboursAreStoredWithTheModel() throws IOException {
        Path run = train("near", "neighbours");
        assertThat(console.run("evaluate", run.toString())).as(console.err()).isZero();
        Path handed = shared.resolve("handed-near");
        assertThat(console.run("export", run.toString(), "--to", "model", handed.toString()))
                .as(console.err())
                .isZero();
        assertThat(predicted(handed)).isEqualTo(predicted(run));
        String onnx = shared.resolve("near.onnx").toString();
        assertThat(console.run("export", run.toString(), "--to", "onnx", onnx))
                .as(console.err())
                .isZero();
    }

    @Test
    void nearestNeighboursAreNotTrained() {
        Path run = shared.resolve("trained-near");
        assertThat(console.run(
                        "train",
                        "brightness",
                        "--quiet",
                        "--out",
                        run.toString(),
                        "--method",
                        "neighbours",
                        "--set=backbone.model=" + tower,
                        "--set=training.epochs=3"))
                .isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err()).contains("training.epochs: the coarse head", "found 3");
    }

    @Test
    void itsWeightsAreTrainedToo() throws IOException {
        Path run = train("tuned", "regression", "training.epochs=1", "training.learningRates.imageEncoder=1e-3");
        Path handed = shared.resolve("handed-tuned");
        assertThat(console.run("export", run.toString(), "--to", "model", handed.toString()))
                .as(console.err())
                .isZero();
        assertThat(predicted(handed)).isEqualTo(predicted(run));
    }

    @Test
    void soAreLowRankChangesOfIt() throws IOException {
        Path run = train(
                "changed",
                "regression",
                "training.epochs=1",
                "training.lora.rank=2",
                "training.learningRates.imageEncoder=1e-3");
        assertThat(console.run(
                        "export",
                        run.toString(),
                        "--to",
                        "peft",
                        shared.resolve("peft").toString()))
                .isEqualTo(ExitCodes.of(Kind.DATA));
        assertThat(console.err()).contains("has an image tower only", "--to model");
        Path handed = shared.resolve("handed-changed");
        assertThat(console.run("export", run.toString(), "--to", "model", handed.toString()))
                .as(console.err())
                .isZero();
        assertThat(predicted(handed)).isEqualTo(predicted(run));
    }

    @Test
    void aMethodWithWordsIsRefusedBeforeAnythingIsWritten() {
        Path run = shared.resolve("words");
        assertThat(console.run(
                        "train", "brightness", "--quiet", "--out", run.toString(), "--set", "backbone.model=" + tower))
                .isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err()).contains("has an image tower only", "method numclip", "linear-probe, ridge");
        assertThat(run.resolve("config.yaml")).doesNotExist();
    }

    @Test
    void textsAreRefusedAndImagesEmbedded() {
        assertThat(console.run("embed", "--model", tower.toString(), "--text", "a face"))
                .isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err()).contains("has an image tower only, and reads no texts");
        String image = CLIP.resolveSibling("images").resolve("photo.jpg").toString();
        assertThat(console.run("embed", "--model", tower.toString(), "--image", image))
                .as(console.err())
                .isZero();
        assertThat(console.run("inspect", tower.toString())).isZero();
        assertThat(console.out()).contains("none: for methods without words").contains("features");
    }
}
