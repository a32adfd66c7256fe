package io.numclip.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.data.RefusalAssert;
import io.numclip.golden.ReferenceModel;
import io.numclip.head.SsrHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.Seal;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.Cut;
import io.numclip.uncertainty.Difficulty;
import io.numclip.uncertainty.IntervalForm;
import io.numclip.uncertainty.NumberForm;
import io.numclip.uncertainty.Side;
import io.numclip.uncertainty.file.CalibrationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelDirectoryTest {

    private static final LabelScale YEARS = new LabelScale(0, 100, "years");

    @TempDir
    private Path folder;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FIELDS = List.of(
            "/formatVersion",
            "/base",
            "/base/reference",
            "/base/fingerprint",
            "/scale",
            "/scale/minimum",
            "/scale/maximum",
            "/scale/unit",
            "/bins",
            "/bins/0",
            "/bins/0/concept",
            "/bins/0/lower",
            "/bins/1/upper",
            "/bins/0/anchor",
            "/embedDim",
            "/logitScale",
            "/adapter",
            "/adapter/ratio",
            "/adapter/reduction",
            "/fineHead",
            "/method",
            "/concepts",
            "/prompts",
            "/prompts/0",
            "/prompts/0/0");

    private Path directory;
    private BaseModel base;

    @BeforeEach
    void write() throws IOException {
        directory = folder.resolve("model");
        base = BaseModel.of(new ModelSource.Directory(ReferenceModel.CLIP));
        try (NumClipModel model = ReferenceModel.load()) {
            write(model);
        }
    }

    private void write(NumClipModel model) throws IOException {
        write(model, YEARS);
    }

    private void write(NumClipModel model, LabelScale scale) throws IOException {
        ModelDirectory.write(
                directory,
                model,
                new ModelDescription(
                        base,
                        ClipDirectory.preprocessor(ReferenceModel.CLIP),
                        scale,
                        Map.of("type", "image-text"),
                        Map.of("type", "ssr"),
                        "numclip"));
    }

    /** A checkpoint knows its run by them, in another process too, where maps made by Map.copyOf have another order. */
    @Test
    void settingsOfTheHeadKeepTheirOrder() throws IOException {
        Map<String, Object> settings = new LinkedHashMap<>();
        List.of("type", "zeta", "anchor", "delta", "beta", "alpha").forEach(name -> settings.put(name, 1));
        assertThat(new ModelDescription(
                                base,
                                ClipDirectory.preprocessor(ReferenceModel.CLIP),
                                YEARS,
                                Map.of(),
                                settings,
                                "numclip")
                        .fineHead()
                        .keySet())
                .containsExactlyElementsOf(settings.keySet());
    }

    @Test
    void readModelPredictsWhatTheWrittenOneDid() throws IOException {
        List<Prediction> expected;
        try (NumClipModel model = ReferenceModel.load()) {
            NumClipPredictor predictor = new NumClipPredictor(model, ClipDirectory.preprocessor(ReferenceModel.CLIP));
            expected = predictor.predictPixels(
                    ReferenceModel.pixels(model.imageTower().manager()));
        }
        assertThatReadModelPredicts(expected);
    }

    @Test
    void readModelWithItsOwnTowerPredictsWhatTheWrittenOneDid() throws IOException {
        List<Prediction> expected;
        try (NumClipModel model = ReferenceModel.load()) {
            NumClipPredictor predictor = new NumClipPredictor(model, ClipDirectory.preprocessor(ReferenceModel.CLIP));
            model.train(Part.IMAGE_ENCODER, true);
            model.train(Part.IMAGE_ENCODER, false);
            model.parameters(Part.IMAGE_ENCODER)
                    .get("vision_model.embeddings.class_embedding")
                    .getArray()
                    .addi(1);
            write(model);
            expected = predictor.predictPixels(
                    ReferenceModel.pixels(model.imageTower().manager()));
        }
        assertThatReadModelPredicts(expected);
    }

    private void assertThatReadModelPredicts(List<Prediction> expected) throws IOException {
        ModelDirectory read = ModelDirectory.open(directory);
        FineHead head = ReferenceModel.head(read.embedDim());
        try (NumClipPredictor predictor =
                read.predictor(base, ReferenceModel.coarseHead(24), head, Device.cpu(), Precision.FP32)) {
            List<Prediction> found = predictor.predictPixels(
                    ReferenceModel.pixels(predictor.model().imageTower().manager()));
            assertThat(found)
                    .usingRecursiveComparison()
                    .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-4 ? 0 : 1, Double.class)
                    .isEqualTo(expected);
        }
    }

    @Test
    void wholeNumbersSurviveAndAreWrittenOnlyWhereTheyAre() throws IOException {
        Path description = directory.resolve("numclip.json");
        assertThat(JSON.readTree(description.toFile()).at("/scale/wholeNumbers").isMissingNode())
                .isTrue();
        LabelScale whole = new LabelScale(0, 100, "years", true);
        try (NumClipModel model = ReferenceModel.load()) {
            write(model, whole);
        }
        assertThat(ModelDirectory.open(directory).scale()).isEqualTo(whole);
    }

    @Test
    void descriptionSurvives() throws IOException {
        ModelDirectory read = ModelDirectory.open(directory);
        assertThat(read.bins()).isEqualTo(ReferenceModel.BINS);
        assertThat(read.scale()).isEqualTo(YEARS);
        assertThat(read.embedDim()).isEqualTo(24);
        assertThat(read.fineHead()).isEqualTo(Map.of("type", "ssr"));
        assertThat(read.baseReference()).isEqualTo(ReferenceModel.CLIP.toString());
    }

    @Test
    void frozenTowersAreNotStored() {
        assertThat(directory.resolve("model.safetensors").toFile().length()).isLessThan(10_000);
    }

    @Test
    void otherClipIsRefusedWithBothFingerprints() throws IOException {
        ModelDirectory read = ModelDirectory.open(directory);
        BaseModel other = new BaseModel("other", "abc", base.directory());
        assertThatThrownBy(() -> read.predictor(
                        other, ReferenceModel.coarseHead(24), ReferenceModel.head(24), Device.cpu(), Precision.FP32))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining(base.fingerprint())
                .hasMessageContaining("abc");
    }

    @Test
    void headThatDoesNotFitIsRefused() throws IOException {
        ModelDirectory read = ModelDirectory.open(directory);
        Bins four = new Bins(ReferenceModel.BINS.list().subList(0, 4));
        SsrHead.Factory factory = new SsrHead.Factory();
        FineHead smaller = factory.create(factory.defaults(), new HeadContext(four, 24));
        assertThatThrownBy(() -> {
                    try (NumClipPredictor predictor = read.predictor(
                            base, ReferenceModel.coarseHead(24), smaller, Device.cpu(), Precision.FP32)) {
                        assertThat(predictor).isNull();
                    }
                })
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("fine_head.");
    }

    @Test
    void folderWithoutModelIsNamed() {
        assertThatThrownBy(() -> ModelDirectory.open(folder))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void unknownFormatIsRefused() throws IOException {
        Path description = directory.resolve("numclip.json");
        Files.writeString(
                description,
                Files.readString(description).replaceFirst("\"formatVersion\" : 1", "\"formatVersion\" : 9"));
        Seal.put(directory);
        assertThatThrownBy(() -> ModelDirectory.open(directory))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("found 9");
    }

    @Test
    void flippedWeightIsRefusedByName() throws IOException {
        Path weights = directory.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        assertRefused(weights + ": expected the SHA-256 ");
    }

    @Test
    void editedStatisticsAreRefusedByName() throws IOException {
        Path statistics = directory.resolve("preprocessor_config.json");
        Files.writeString(statistics, Files.readString(statistics).replaceFirst("0\\.\\d+", "0.36"));
        assertRefused(statistics + ": expected ");
    }

    @Test
    void deletedPreprocessorIsRefusedByName() throws IOException {
        Files.delete(directory.resolve("preprocessor_config.json"));
        assertRefused(directory.resolve("preprocessor_config.json") + ": missing, but manifest.json names it");
    }

    @Test
    void addedPreprocessorIsRefusedByName() throws IOException {
        Path added = Files.writeString(directory.resolve("processor_config.json"), "{}");
        assertRefused(added + ": manifest.json does not name it");
    }

    private void assertRefused(String message) {
        RefusalAssert.assertRefused(NumClipException.Kind.DATA, () -> ModelDirectory.open(directory))
                .hasMessageStartingWith(message);
    }

    @Test
    void modelFromBeforeThereWereSealsIsRead() throws IOException {
        Files.delete(directory.resolve("manifest.json"));
        Path description = directory.resolve("numclip.json");
        ObjectNode written = (ObjectNode) JSON.readTree(description.toFile());
        Files.writeString(
                description, written.without(List.of("lora", "prompts")).toString());
        Files.writeString(directory.resolve("notes.txt"), "of the user");
        assertThat(ModelDirectory.open(directory).embedDim()).isEqualTo(24);
    }

    @Test
    void modelWhoseSealIsGoneIsRefused() throws IOException {
        Files.delete(directory.resolve("manifest.json"));
        assertRefused(
                directory.resolve("manifest.json") + ": no such file; the version that wrote this model writes it");
    }

    @Test
    void calibrationIsSealedToo() throws IOException {
        ModelDirectory.calibrate(directory, calibration());
        assertThat(ModelDirectory.open(directory).embedDim()).isEqualTo(24);
        Path calibration = directory.resolve("calibration.json");
        Files.delete(calibration);
        assertRefused(calibration + ": missing");
    }

    private static Calibration calibration() {
        return new Calibration(
                0.9,
                100,
                1,
                new Difficulty(1, perConcept(1), perConcept(1)),
                1,
                1,
                perConcept(0),
                null,
                null,
                null,
                null,
                new NumberForm(false, List.of(0.5, 1.5), null),
                0,
                100,
                null,
                IntervalForm.PLAIN,
                0,
                List.of(new Cut(Side.BELOW, 18, 0.01, 120, 120, 24.5)));
    }

    private static List<Double> perConcept(int more) {
        return Collections.nCopies(ReferenceModel.BINS.size() + more, 1.0);
    }

    @ParameterizedTest
    @CsvSource({
        "/interval, absent",
        "/interval, '\"NaN\"'",
        "/interval, '\"CQR\"'",
        "/difficulty, null",
        "/difficulty/slopes, []",
        "/difficulty/centres, []",
        "/difficulty/centres, '[null]'",
        "/perBin, null",
        "/perBin, []",
        "/binGroups, [0]",
        "/plain, absent",
        "/temperature, 0",
        "/group, {}",
        "/weighted, {}",
        "/cqr, {}"
    })
    void aDamagedCalibrationIsRefused(String pointer, String value) throws IOException {
        CalibrationFile.write(directory, calibration());
        Path file = directory.resolve(CalibrationFile.NAME);
        assertThat(CalibrationFile.read(directory, ReferenceModel.BINS.size())).isPresent();
        ObjectNode written = (ObjectNode) JSON.readTree(file.toFile());
        Files.writeString(file, changed(written, JsonPointer.compile(pointer), value));
        RefusalAssert.assertRefused(
                        NumClipException.Kind.DATA, () -> CalibrationFile.read(directory, ReferenceModel.BINS.size()))
                .hasMessageStartingWith(file + ": ");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void pipeInPlaceOfAFileIsRefused() throws Exception {
        for (String name : List.of("numclip.json", "model.safetensors", "manifest.json", "calibration.json")) {
            Path file = directory.resolve(name);
            Files.deleteIfExists(file);
            assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                    .isZero();
            assertRefused(file + ": not a regular file");
            Files.delete(file);
            write();
        }
    }

    @Test
    void anyWrongFieldIsRefusedByName() throws IOException {
        Path description = directory.resolve("numclip.json");
        ObjectNode written = (ObjectNode) JSON.readTree(description.toFile());
        for (String pointer : FIELDS) {
            for (String value : List.of("absent", "null", "\"x\"", "[]", "0", "-1", "2147483648", "\"NaN\"", "1e9")) {
                Files.writeString(description, changed(written.deepCopy(), JsonPointer.compile(pointer), value));
                Seal.put(directory); // which would notice it first
                try {
                    openWith(pointer);
                } catch (NumClipException refusal) {
                    assertThat(refusal.kind()).as(pointer + " " + value).isEqualTo(NumClipException.Kind.DATA);
                    assertThat(refusal).as(pointer + " " + value).hasMessageContaining(directory.toString());
                }
            }
        }
    }

    /** The network is only made where the field is for it. */
    private void openWith(String pointer) throws IOException {
        ModelDirectory read = ModelDirectory.open(directory);
        assertThat(List.of(read.bins(), read.concepts(), read.scale())).doesNotContainNull();
        if (pointer.startsWith("/adapter") || pointer.startsWith("/base")) {
            read.predictor(base, ReferenceModel.coarseHead(24), ReferenceModel.head(24), Device.cpu(), Precision.FP32)
                    .close();
        }
    }

    @Test
    void modelWithoutAScaleIsRefused() throws IOException {
        Path description = directory.resolve("numclip.json");
        ObjectNode written = (ObjectNode) JSON.readTree(description.toFile());
        Files.writeString(description, changed(written, JsonPointer.compile("/scale"), "absent"));
        Seal.put(directory);
        assertThatThrownBy(() -> ModelDirectory.open(directory)).hasMessage(description + " /scale: is missing");
    }

    private static String changed(ObjectNode root, JsonPointer pointer, String value) throws IOException {
        JsonNode parent = root.at(pointer.head());
        String name = pointer.last().getMatchingProperty();
        if (parent instanceof ArrayNode list) {
            list.set(0, value.equals("absent") ? JSON.getNodeFactory().nullNode() : JSON.readTree(value));
        } else if (value.equals("absent")) {
            ((ObjectNode) parent).remove(name);
        } else {
            ((ObjectNode) parent).set(name, JSON.readTree(value));
        }
        return JSON.writeValueAsString(root);
    }

    @Test
    void writingAgainReplacesTheFolder() throws IOException {
        Files.writeString(directory.resolve("left-over.txt"), "old");
        try (NumClipModel model = ReferenceModel.load()) {
            ModelDirectory.write(
                    directory,
                    model,
                    new ModelDescription(
                            base,
                            ClipDirectory.preprocessor(ReferenceModel.CLIP),
                            YEARS,
                            Map.of("type", "image-text"),
                            Map.of("type", "ssr"),
                            "numclip"));
        }
        assertThat(AtomicFolder.list(directory))
                .extracting(path -> path.getFileName().toString())
                .containsExactly("manifest.json", "model.safetensors", "numclip.json", "preprocessor_config.json");
        assertThat(AtomicFolder.list(folder)).containsExactly(directory);
    }
}
