package io.numclip.runner.train;

import static io.numclip.golden.GoldenFigures.CLIP;
import static io.numclip.golden.GoldenFigures.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.clip.safetensors.SafetensorsWriter;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.TestingConsole;
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

    @TempDir
    private static Path shared;

    private static TestingConsole console;
    private static Path tower;

    @BeforeAll
    static void cutTheTextsOff() throws IOException {
        console = TestingConsole.in(shared);
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

    private static Path train(String name, String... settings) {
        Path run = shared.resolve(name);
        console.train(run, "backbone.model=" + tower, settings).isZero();
        return run;
    }

    private static String predicted(Path model) throws IOException {
        Path image = IMAGES.resolve("photo.jpg");
        console.run("predict", model, image, "--precision", "fp32").isZero();
        return console.out();
    }

    @Test
    void itIsTrainedTestedAndHandedOn() throws IOException {
        Path run = train("probe", "method=linear-probe", "training.epochs=2");
        assertThat(Files.readString(run.resolve("metrics.json"))).doesNotContain("ordinality", "zero-shot", "NaN");
        console.run("evaluate", run).isZero();
        assertThat(console.out()).contains("MAE").doesNotContain("Ordinality");
        Path handed = shared.resolve("handed");
        console.run("export", run, "--to", "model", handed).isZero();
        assertThat(predicted(handed)).isEqualTo(predicted(run));
        console.run("report", handed).isZero();
        console.run("export", run, "--to", "onnx", shared.resolve("probe.onnx")).isZero();
    }

    /** Its head holds training images, and is fitted. */
    @Test
    void itsNearestNeighboursAreStoredWithTheModel() throws IOException {
        Path run = train("near", "method=neighbours");
        console.run("evaluate", run).isZero();
        Path handed = shared.resolve("handed-near");
        console.run("export", run, "--to", "model", handed).isZero();
        assertThat(predicted(handed)).isEqualTo(predicted(run));
        String onnx = shared.resolve("near.onnx").toString();
        console.run("export", run, "--to", "onnx", onnx).isZero();
    }

    @Test
    void nearestNeighboursAreNotTrained() {
        Path run = shared.resolve("trained-near");
        console.train(run, "backbone.model=" + tower, "method=neighbours", "training.epochs=3")
                .isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err()).contains("training.epochs: the coarse head", "found 3");
    }

    @Test
    void itsWeightsAreTrainedToo() throws IOException {
        Path run = train("tuned", "method=regression", "training.epochs=1", "training.learningRates.imageEncoder=1e-3");
        Path handed = shared.resolve("handed-tuned");
        console.run("export", run, "--to", "model", handed).isZero();
        assertThat(predicted(handed)).isEqualTo(predicted(run));
    }

    @Test
    void soAreLowRankChangesOfIt() throws IOException {
        Path run = train(
                "changed",
                "method=regression",
                "training.epochs=1",
                "training.lora.rank=2",
                "training.learningRates.imageEncoder=1e-3");
        console.run("export", run, "--to", "peft", shared.resolve("peft")).isEqualTo(ExitCodes.of(Kind.DATA));
        assertThat(console.err()).contains("has an image tower only", "--to model");
        Path handed = shared.resolve("handed-changed");
        console.run("export", run, "--to", "model", handed).isZero();
        assertThat(predicted(handed)).isEqualTo(predicted(run));
    }

    @Test
    void aMethodWithWordsIsRefusedBeforeAnythingIsWritten() {
        Path run = shared.resolve("words");
        console.train(run, "backbone.model=" + tower).isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err()).contains("has an image tower only", "method numclip", "linear-probe, ridge");
        assertThat(run.resolve("config.yaml")).doesNotExist();
    }

    @Test
    void textsAreRefusedAndImagesEmbedded() {
        console.run("embed", "--model", tower, "--text", "a face").isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err()).contains("has an image tower only, and reads no texts");
        String image = IMAGES.resolve("photo.jpg").toString();
        console.run("embed", "--model", tower, "--image", image).isZero();
        console.run("report", tower).isZero();
        assertThat(console.out()).contains("none: for methods without words").contains("features");
    }
}
