package io.numclip.runner.export;

import static io.numclip.golden.GoldenFigures.CLIP;
import static io.numclip.golden.GoldenFigures.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.clip.directory.StoredWeights;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A model that is handed on gives the same numbers elsewhere, or says why not. */
@Tag("ci")
class ExportEndToEndTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path shared;

    private static TestingConsole console;

    @TempDir
    private Path folder;

    private Path model;

    @BeforeAll
    static void trainATowerAndExportIt() throws IOException {
        console = TestingConsole.in(shared);
        Path clip = shared.resolve("clip");
        copy(CLIP, clip);
        console.train(
                        run(),
                        "backbone.model=" + clip,
                        "training.epochs=2",
                        "training.learningRates.imageEncoder=0.001",
                        "training.learningRates.textEncoder=0.001")
                .isZero();
        console.run("export", run(), "--to", "model", original()).isZero();
    }

    @BeforeEach
    void copyTheModel() throws IOException {
        model = folder.resolve("model");
        for (String part : List.of("", "clip", "model")) {
            copy(original().resolve(part), model.resolve(part));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : AtomicFolder.list(from)) {
            if (Files.isRegularFile(file)) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static Path original() {
        return shared.resolve("model");
    }

    private static String run() {
        return shared.resolve("run").toString();
    }

    @Test
    void aModelElsewhereGivesTheNumbersOfItsRun() throws IOException {
        String expected = predicted(Path.of(run()));
        Path elsewhere =
                Files.createDirectories(folder.resolve("another/place")).resolve("m");
        Files.move(model, elsewhere);
        assertThat(predicted(elsewhere)).isEqualTo(expected);
        console.run("report", elsewhere).isZero();
        assertThat(console.out()).contains("dark (0 to 4").contains("test, NumCLIP");
        assertThat(Files.readString(elsewhere.resolve("README.md")))
                .startsWith("---\nlibrary_name: numclip")
                .contains("| NumCLIP |", "- dark (0 to 4", "Data: not stated");
        for (String name : List.of("config.yaml", "handed-on.json", "model/numclip.json")) {
            assertThat(Files.readString(elsewhere.resolve(name))).doesNotContain(shared.toString());
        }
    }

    @Test
    void aModelThatWasHandedOnIsHandedOnWithItsOwnClip() throws IOException {
        Path again = folder.resolve("again");
        console.run("export", model, "--to", "model", again).isZero();
        assertThat(predicted(again)).isEqualTo(predicted(model));
    }

    @Test
    void subjectsAreNotNamed() throws IOException {
        Path run = folder.resolve("run");
        copy(Path.of(run()), run);
        copy(Path.of(run(), "model"), run.resolve("model"));
        Path figures = run.resolve("metrics.json");
        ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(figures.toFile());
        ObjectNode parts = (ObjectNode) tree.get("parts");
        parts.putObject("subject").putObject("Ada");
        parts.putObject("camera").putObject("A1");
        Files.writeString(figures, tree.toString());

        Path out = folder.resolve("out");
        console.run("export", run, "--to", "model", out).isZero();

        assertThat(out.resolve("metrics.json"))
                .content()
                .contains("camera", "A1", "zero-shot")
                .doesNotContain("Ada");
    }

    @Test
    void aClipThatIsAnotherOneSinceTheTrainingIsNotHandedOn() throws IOException {
        Path weights = shared.resolve("clip/model.safetensors");
        byte[] before = Files.readAllBytes(weights);
        byte[] after = before.clone();
        after[after.length - 1] ^= 1;
        try {
            Files.write(weights, after);
            Path target = folder.resolve("other");
            console.run("export", run(), "--to", "model", target).isEqualTo(ExitCodes.of(Kind.DATA));
            assertThat(console.err()).contains("trained on the CLIP " + shared.resolve("clip"));
            assertThat(target).doesNotExist();
        } finally {
            Files.write(weights, before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"apache-2.0", "a: b", "one\ntwo", "'- x\" # y"})
    void everyLicenceIsOneValueOfTheModelCard(String licence) throws IOException {
        Path written = folder.resolve("licensed");
        console.run("export", run(), written, "--license", licence, "--data-license", "a\nb")
                .isZero();
        String[] card = Files.readString(written.resolve("README.md")).split("(?m)^---\n", 3);
        Object facts = new Load(LoadSettings.builder().build()).loadFromString(card[1]);
        assertThat(facts)
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("license", licence)
                .containsEntry("library_name", "numclip")
                .hasSize(4);
        assertThat(card[2]).contains("\n- Data: a\\u000ab\n");
    }

    /** The trained towers are in the CLIP itself, so that it can be used alone. */
    @Test
    void theClipOfTheModelIsTheTrainedOne() throws IOException {
        assertThat(StoredWeights.fingerprint(model.resolve("clip")))
                .isNotEqualTo(StoredWeights.fingerprint(shared.resolve("clip")));
        console.run("embed", "--model", model.resolve("clip"), "--text", "a photo")
                .isZero();
        assertThat(Files.size(model.resolve("model/model.safetensors"))).isLessThan(100_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clip/model.safetensors",
                "clip/config.json",
                "clip/tokenizer.json",
                "model/model.safetensors",
                "model/numclip.json",
                "config.yaml",
                "self-test.png",
                "handed-on.json",
                "README.md"
            })
    void oneFlippedByteIsNamed(String name) throws IOException {
        Path file = model.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertRefused(
                name.endsWith("numclip.json")
                        ? "numclip.json"
                        : Path.of(name).getFileName() + ": expected the SHA-256");
    }

    @Test
    void anotherActivationIsToldByTheFeatures() throws IOException {
        change("clip/config.json", root -> ((ObjectNode) root.get("vision_config")).put("hidden_act", "gelu"));
        assertRefused("the features of its test image differ from those recorded");
    }

    @Test
    void otherStatisticsAreToldByThePixels() throws IOException {
        change(
                "model/preprocessor_config.json",
                root -> root.putArray("image_mean").add(0.485).add(0.456).add(0.406));
        assertRefused("the pixels of its test image differ by up to");
    }

    @Test
    void squashingInPlaceOfCroppingIsToldByThePixels() throws IOException {
        change(
                "model/preprocessor_config.json",
                root -> root.putObject("size").put("height", 40).put("width", 40));
        assertRefused("the image is resized, cropped or normalised in another way");
    }

    /** Whoever changed the file and sealed it, the record has what it was. */
    @Test
    void whatWasChangedIsNamed() throws IOException {
        changeOpenly("clip/config.json", root -> ((ObjectNode) root.get("vision_config")).put("hidden_act", "gelu"));
        assertRefused("the activation of the image tower is now gelu; when the model was written it was quick_gelu");
        changeOpenly(
                "model/preprocessor_config.json",
                root -> root.putArray("image_mean").add(0.485).add(0.456).add(0.406));
        assertRefused("mean 0.485 0.456 0.406");
        console.run("report", model).isEqualTo(ExitCodes.of(Kind.DATA));
        assertThat(console.err()).contains("the preprocessing is now");
    }

    @Test
    void anotherHeadIsToldByTheNumber() throws IOException {
        change("model/numclip.json", root -> ((ObjectNode) root.at("/adapter")).put("ratio", 0.9));
        assertRefused("the head or the words are others");
    }

    @Test
    void lowRankChangesAreHandedOnInsideTheClipOrAsAnAdapter() throws IOException {
        String lowRank = shared.resolve("low-rank").toString();
        console.train(
                        lowRank,
                        "backbone.model=" + shared.resolve("clip"),
                        "training.epochs=2",
                        "training.lora.rank=2",
                        "training.learningRates.imageEncoder=0.01",
                        "training.learningRates.textEncoder=0.01")
                .isZero();
        String expected = predicted(Path.of(lowRank));
        Path target = folder.resolve("handed-on");
        console.run("export", lowRank, target).isZero();
        assertThat(predicted(target)).isEqualTo(expected);
        assertThat(StoredWeights.fingerprint(target.resolve("clip")))
                .isNotEqualTo(StoredWeights.fingerprint(shared.resolve("clip")));
        Path adapter = folder.resolve("adapter");
        console.run("export", lowRank, "--to", "peft", adapter).isZero();
        assertThat(AtomicFolder.list(adapter))
                .extracting(file -> file.getFileName().toString())
                .contains("adapter_config.json", "adapter_model.safetensors");
        console.run("export", run(), "--to", "peft", folder.resolve("none")).isNotZero();
        assertThat(console.err()).contains("fix:");
    }

    @Test
    void aFolderThatHoldsSomethingIsNotWrittenInto() {
        for (String form : List.of("model", "peft")) {
            console.run("export", run(), run(), "--to", form).isEqualTo(ExitCodes.of(Kind.OUTPUT));
            assertThat(console.err()).contains("exists and is not an empty folder");
        }
    }

    /** As somebody would who seals what he has changed and what is recorded of it; only the numbers tell. */
    private void change(String name, Consumer<ObjectNode> change) throws IOException {
        Path file = model.resolve("handed-on.json");
        ObjectNode root = (ObjectNode) JSON.readTree(file.toFile());
        root.remove("parts");
        JSON.writeValue(file.toFile(), root);
        changeOpenly(name, change);
    }

    /** The fingerprint is corrected too. */
    private void changeOpenly(String name, Consumer<ObjectNode> change) throws IOException {
        Path file = model.resolve(name);
        ObjectNode root = (ObjectNode) JSON.readTree(file.toFile());
        change.accept(root);
        JSON.writeValue(file.toFile(), root);
        Path description = model.resolve("model/numclip.json");
        JsonNode described = JSON.readTree(description.toFile());
        ((ObjectNode) described.get("base")).put("fingerprint", StoredWeights.fingerprint(model.resolve("clip")));
        JSON.writeValue(description.toFile(), described);
        for (Path sealed : List.of(model.resolve("clip"), model.resolve("model"), model)) {
            Seal.put(sealed);
        }
    }

    private void assertRefused(String reason) {
        console.run("predict", model, photo()).isEqualTo(ExitCodes.of(Kind.DATA));
        assertThat(console.err()).contains(reason).doesNotContain("Exception");
    }

    private String predicted(Path directory) {
        console.run("predict", directory, photo(), "--format", "csv").isZero();
        return console.out().replaceFirst(",[^,]+,[0-9a-f]{64},", ",name,digest,");
    }

    private static String photo() {
        return IMAGES.resolve("photo.jpg").toString();
    }

    @Test
    void theResultOfAnotherMethodStandsInTheModelCard() throws IOException {
        String other = shared.resolve("other").toString();
        String model = "backbone.model=" + shared.resolve("clip");
        console.train(other, model, "method=cross-entropy", "protocol.fewShot=4", "training.epochs=1")
                .isZero();
        Path written = folder.resolve("card");
        console.run("export", other, written).isZero();
        assertThat(Files.readString(written.resolve("README.md")))
                .containsPattern("\n\\| cross-entropy \\| \\d.*\n\\| constant \\|")
                .containsPattern("\n- few-shot: at most 4 .*\n\n## Intended use");
    }
}
