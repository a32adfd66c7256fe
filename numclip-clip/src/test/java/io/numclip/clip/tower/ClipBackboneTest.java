package io.numclip.clip.tower;

import static io.numclip.golden.GoldenFigures.cosine;
import static io.numclip.golden.GoldenFigures.floats;
import static io.numclip.golden.GoldenFigures.longs;
import static io.numclip.golden.GoldenFigures.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.clip.safetensors.SafetensorsWriter;
import io.numclip.data.NumClipException;
import io.numclip.golden.GoldenFigures;
import io.numclip.golden.TestDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("ci")
class ClipBackboneTest {

    private static final Path USUAL = GoldenFigures.FOLDER.resolve("clip-tiny-random");
    private static final Path GELU = GoldenFigures.FOLDER.resolve("clip-gelu");

    @TempDir
    private Path temporary;

    @Test
    void featuresEqualThoseOfTransformers() throws IOException {
        JsonNode parity = GoldenFigures.read("clip-parity.json");
        try (ClipBackbone backbone = ClipBackbone.load(USUAL, TestDevice.get(), Precision.FP32)) {
            for (JsonNode image : parity.get("images")) {
                assertThat(imageFeatures(backbone, image))
                        .containsExactly(floats(image.get("embedding")), within(1e-5));
            }
            for (JsonNode text : parity.get("texts")) {
                assertThat(textFeatures(backbone, text)).containsExactly(floats(text.get("embedding")), within(1e-5));
            }
        }
    }

    /** Few calls, because a processor without instructions for them is slow at it. */
    @ParameterizedTest
    @EnumSource(names = {"BF16", "FP16"})
    void sixteenBitsTurnFeaturesOnlySlightly(Precision precision) throws IOException {
        JsonNode parity = GoldenFigures.read("clip-parity.json");
        try (ClipBackbone backbone = ClipBackbone.load(USUAL, TestDevice.get(), precision);
                NDManager manager = backbone.manager().newSubManager()) {
            JsonNode images = parity.get("images");
            NDArray pixels = manager.create(new Shape(images.size(), 3, 40, 40));
            for (int i = 0; i < images.size(); i++) {
                NDArray image = manager.create(floats(images.get(i).get("pixel_values")), new Shape(3, 40, 40));
                pixels.set(new NDIndex(i), image);
            }
            NDArray features = backbone.imageTower().encode(pixels, false);
            for (int i = 0; i < images.size(); i++) {
                assertSlightlyTurned(features.get(i).toFloatArray(), images.get(i));
            }
            for (JsonNode text :
                    List.of(parity.get("texts").get(0), parity.get("texts").get(5))) {
                assertSlightlyTurned(textFeatures(backbone, text), text);
            }
        }
    }

    private static void assertSlightlyTurned(float[] features, JsonNode golden) {
        float[] expected = floats(golden.get("embedding"));
        assertThat(cosine(features, expected)).isGreaterThan(0.999);
        assertThat(features).isNotEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16", "FP16", "INT8"})
    void towerForImagesAloneGivesTheSameFeatures(Precision precision) throws IOException {
        try (ClipBackbone whole = ClipBackbone.load(USUAL, Device.cpu(), precision);
                ImageTower images = ImageTower.load(USUAL, Device.cpu(), precision);
                NDManager manager = whole.manager().newSubManager()) {
            NDArray pixels = manager.randomNormal(new Shape(2, 3, 40, 40));
            assertThat(images.encode(pixels, false).toFloatArray())
                    .containsExactly(whole.imageTower().encode(pixels, false).toFloatArray());
            assertThat(images.parameters()).isEmpty();
            assertThat(images.logitScale().getArray().getFloat())
                    .isEqualTo(whole.logitScale().getArray().getFloat());
        }
    }

    /** More than the kernel takes through a layer at once. */
    @Test
    void manyImagesAreWhatTheyAreAlone() {
        int count = 40_000;
        try (ClipBackbone backbone = ClipBackbone.random(tiny(), 3, Device.cpu(), Precision.BF16);
                NDManager manager = backbone.manager().newSubManager()) {
            NDArray pixels = manager.randomNormal(new Shape(count, 3, 4, 4));
            NDArray features = backbone.imageTower().encode(pixels, false);
            assertThat(features.getShape().get(0)).isEqualTo(count);
            for (int i : new int[] {0, count / 2, count - 1}) {
                NDArray alone = backbone.imageTower().encode(pixels.get(new NDIndex("{}:{}", i, i + 1)), false);
                assertThat(features.get(i).toFloatArray()).containsExactly(alone.toFloatArray(), within(1e-6));
            }
        }
    }

    @Test
    void otherWeightsTakeThePlaceOfTheTowers() throws IOException {
        try (ClipBackbone trained = ClipBackbone.load(USUAL, Device.cpu(), Precision.FP32);
                NDManager manager = trained.manager().newSubManager()) {
            NDArray pixels = manager.randomNormal(new Shape(2, 3, 40, 40));
            NDArray projection = trained.imageTower()
                    .parameters()
                    .get("visual_projection.weight")
                    .getArray();
            projection.muli(2);
            Path file = temporary.resolve("trained.safetensors");
            SafetensorsWriter.write(
                    file, Map.of("visual_projection.weight", projection), SafetensorsWriter.Type.F32, Map.of());
            try (ImageTower read = ImageTower.load(USUAL, file, null, Device.cpu(), Precision.FP32)) {
                assertThat(read.encode(pixels, false).toFloatArray())
                        .containsExactly(
                                trained.imageTower().encode(pixels, false).toFloatArray());
            }
            SafetensorsWriter.write(file, Map.of("logit_scale", projection), SafetensorsWriter.Type.F32, Map.of());
            assertThatThrownBy(() -> ImageTower.load(USUAL, file, null, Device.cpu(), Precision.FP32))
                    .isInstanceOf(NumClipException.class)
                    .hasMessageContaining("tensor logit_scale: expected ()");
        }
    }

    /** A frozen tower's weights are rounded once; a learning one's at each call. */
    @Test
    void keptWeightsAreThoseThatWouldBeRoundedAnew() {
        try (ClipBackbone backbone = ClipBackbone.random(tiny(), 3, Device.cpu(), Precision.BF16);
                NDManager manager = backbone.manager().newSubManager()) {
            NDArray pixels = manager.randomNormal(new Shape(2, 3, 4, 4));
            Parameter projection = backbone.imageTower().parameters().get("visual_projection.weight");
            float[] kept = backbone.imageTower().encode(pixels, false).toFloatArray();
            projection.freeze(false);
            assertThat(backbone.imageTower().encode(pixels, false).toFloatArray())
                    .containsExactly(kept);
            projection.freeze(true);
            assertThat(backbone.imageTower().encode(pixels, false).toFloatArray())
                    .containsExactly(kept);
            projection.getArray().muli(2);
            backbone.imageTower().version().parametersReplaced();
            assertThat(backbone.imageTower().encode(pixels, false).sum().getFloat())
                    .isCloseTo(2 * manager.create(kept).sum().getFloat(), within(1e-4));
        }
    }

    @Test
    void gradientsPassThroughKeptWeights() {
        try (ClipBackbone backbone = ClipBackbone.random(tiny(), 3, Device.cpu(), Precision.BF16);
                NDManager manager = backbone.manager().newSubManager()) {
            float[] kept = gradientOfPixels(backbone, manager);
            backbone.imageTower().parameters().get("visual_projection.weight").freeze(false);
            assertThat(kept).containsExactly(gradientOfPixels(backbone, manager));
            assertThat(kept).doesNotContain(0f);
        }
    }

    private static float[] gradientOfPixels(ClipBackbone backbone, NDManager manager) {
        NDArray pixels = manager.arange(48f).reshape(1, 3, 4, 4).div(manager.create(48f));
        pixels.setRequiresGradient(true);
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            collector.backward(
                    backbone.imageTower().encode(pixels, true).square().sum());
            return pixels.getGradient().toFloatArray();
        }
    }

    @Test
    void geluAndOtherShapesEqualThoseOfTransformers() throws IOException {
        JsonNode figures = GoldenFigures.read("clip-gelu/figures.json");
        try (ClipBackbone backbone = ClipBackbone.load(GELU, Device.cpu(), Precision.FP32);
                NDManager manager = backbone.manager().newSubManager()) {
            NDArray images = backbone.imageTower().encode(pixels(manager, figures), false);
            NDArray texts = backbone.textTower().encodeTokens(tokens(manager, figures), ends(manager, figures), false);
            assertThat(images.getShape()).isEqualTo(new Shape(3, 16));
            for (int i = 0; i < 3; i++) {
                assertThat(images.get(i).toFloatArray())
                        .containsExactly(floats(figures.get("images").get(i)), within(1e-5));
            }
            for (int i = 0; i < 4; i++) {
                assertThat(texts.get(i).toFloatArray())
                        .containsExactly(floats(figures.get("texts").get(i)), within(1e-5));
            }
        }
    }

    @Test
    void kernelEqualsTheSameTowerInArrayOperations() {
        int notWholePatches = 5;
        try (ClipBackbone backbone = ClipBackbone.random(tiny(notWholePatches), 3, Device.cpu(), Precision.FP32);
                NDManager manager = backbone.manager().newSubManager()) {
            NDArray pixels = manager.randomNormal(new Shape(6, 3, 5, 5));
            float[] expected = new NDArrayImageTower(backbone).encode(pixels).toFloatArray();
            assertThat(backbone.imageTower().encode(pixels, false).toFloatArray())
                    .containsExactly(expected, within(1e-5));
        }
    }

    @Test
    void gradientsEqualThoseOfTransformers() throws IOException {
        JsonNode figures = GoldenFigures.read("clip-gelu/figures.json");
        try (ClipBackbone backbone = ClipBackbone.load(GELU, Device.cpu(), Precision.FP32);
                NDManager manager = backbone.manager().newSubManager()) {
            Map<String, Parameter> parameters =
                    new LinkedHashMap<>(backbone.imageTower().parameters());
            parameters.putAll(backbone.textTower().parameters());
            parameters.values().forEach(parameter -> parameter.freeze(false));
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray images = backbone.imageTower().encode(pixels(manager, figures), true);
                NDArray texts =
                        backbone.textTower().encodeTokens(tokens(manager, figures), ends(manager, figures), true);
                collector.backward(images.square().sum().add(texts.square().sum()));
            }
            figures.get("gradients").properties().forEach(norm -> {
                try (NDArray gradient = parameters.get(norm.getKey()).getArray().getGradient()) {
                    float expected = norm.getValue().floatValue();
                    assertThat(gradient.norm().getFloat())
                            .as(norm.getKey())
                            .isCloseTo(expected, within(expected * 1e-3));
                }
            });
        }
    }

    /** The rank embeddings of prompt learning: weights frozen, only the input is learned. */
    @Test
    void gradientOfEmbeddingsEqualsTheDifferenceQuotient() {
        try (ClipBackbone backbone = ClipBackbone.random(tiny(), 3, Device.cpu(), Precision.FP32);
                NDManager manager = backbone.manager().newSubManager()) {
            NDArray embeddings = manager.create(new float[] {1, 2, -1, 0.5f, -2, 3, 1, 0}, new Shape(1, 2, 4));
            NDArray ends = manager.create(new long[] {1});
            embeddings.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(backbone.textTower()
                        .encodeEmbeddings(embeddings.mul(1), ends, true)
                        .sum()); // not a leaf
            }
            float[] gradient = embeddings.getGradient().toFloatArray();
            embeddings.setRequiresGradient(false);
            float step = 1e-2f;
            for (int i = 0; i < gradient.length; i++) {
                NDArray direction = manager.zeros(new Shape(8));
                direction.set(new NDIndex(i), step);
                NDArray shift = direction.reshape(1, 2, 4);
                float above = sum(backbone, embeddings.add(shift), ends);
                float below = sum(backbone, embeddings.sub(shift), ends);
                assertThat((above - below) / (2 * step)).isCloseTo(gradient[i], within(2e-3));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void sharedBeginningChangesNeitherFeaturesNorGradients(Precision precision) {
        try (ClipBackbone backbone = ClipBackbone.random(tiny(), 3, Device.cpu(), precision);
                NDManager manager = backbone.manager().newSubManager()) {
            NDArray shared = manager.randomNormal(new Shape(1, 3, 4));
            NDArray rest = manager.randomNormal(new Shape(2, 2, 4));
            NDArray ends = manager.create(new long[] {3, 4});
            float[] whole = featuresAndGradients(shared, rest, (first, then) -> {
                NDArray sentences = first.repeat(0, 2).concat(then, 1); // (2, 5, 4)
                return backbone.textTower().encodeEmbeddings(sentences, ends, true);
            });
            float[] begun = featuresAndGradients(shared, rest, (first, then) -> {
                NDArray beginning = backbone.textTower().encodeBeginning(first.mul(1), true);
                return backbone.textTower().encodeEmbeddings(beginning, then.mul(1), ends, true);
            });
            float tolerance = precision == Precision.FP32 ? 1e-4f : 5e-2f;
            assertThat(begun).containsExactly(whole, within(tolerance));
        }
    }

    private static float[] featuresAndGradients(NDArray shared, NDArray rest, BinaryOperator<NDArray> encoder) {
        NDArray first = shared.duplicate();
        NDArray then = rest.duplicate();
        first.setRequiresGradient(true);
        then.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray features = encoder.apply(first, then);
            collector.backward(features.square().sum());
            NDList all = new NDList(
                    features.flatten(),
                    first.getGradient().flatten(),
                    then.getGradient().flatten());
            return NDArrays.concat(all).toFloatArray();
        }
    }

    @Test
    void frozenTowersKeepNoGraph() {
        try (ClipBackbone backbone = ClipBackbone.random(tiny(), 3, Device.cpu(), Precision.FP32);
                NDManager manager = backbone.manager().newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray pixels = manager.ones(new Shape(1, 3, 4, 4));
            assertThat(canGoBack(collector, backbone.imageTower().encode(pixels, true)))
                    .isFalse();
            backbone.imageTower().parameters().get("visual_projection.weight").freeze(false);
            assertThat(canGoBack(collector, backbone.imageTower().encode(pixels, true)))
                    .isTrue();
            assertThat(canGoBack(collector, backbone.imageTower().encode(pixels, false)))
                    .isFalse();
        }
    }

    @Test
    void tokensAfterTheEndDoNotMatter() throws IOException {
        JsonNode figures = GoldenFigures.read("clip-gelu/figures.json");
        try (ClipBackbone backbone = ClipBackbone.load(GELU, Device.cpu(), Precision.FP32);
                NDManager manager = backbone.manager().newSubManager()) {
            NDArray second = tokens(manager, figures).get("1:2");
            NDArray end = ends(manager, figures).get("1:2");
            float[] whole =
                    backbone.textTower().encodeTokens(second, end, false).toFloatArray();
            float[] cut = backbone.textTower()
                    .encodeTokens(second.get(":, :4"), end, false)
                    .toFloatArray();
            assertThat(cut).containsExactly(whole, within(1e-5));
        }
    }

    @Test
    void resultsBelongToTheManagerOfTheInput() {
        try (ClipBackbone backbone = ClipBackbone.random(tiny(), 3, Device.cpu(), Precision.FP32)) {
            int before = backbone.manager().getManagedArrays().size();
            for (int i = 0; i < 3; i++) {
                try (NDManager manager = backbone.manager().newSubManager()) {
                    NDArray features = backbone.imageTower().encode(manager.ones(new Shape(1, 3, 4, 4)), false);
                    assertThat(features.getManager()).isSameAs(manager);
                }
            }
            assertThat(backbone.manager().getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void sameSeedDrawsTheSameWeights() {
        assertThat(tokenTable(1)).containsExactly(tokenTable(1)).isNotEqualTo(tokenTable(2));
    }

    @Test
    void savedDirectoryLoadsEqual() throws IOException {
        try (ClipBackbone backbone = ClipBackbone.load(USUAL, Device.cpu(), Precision.FP32)) {
            backbone.imageTower().parameters().values().forEach(parameter -> parameter.freeze(false));
            JsonNode image =
                    GoldenFigures.read("clip-parity.json").get("images").get(0);
            for (boolean half : new boolean[] {true, false}) {
                backbone.save(temporary, half);
                try (ClipBackbone again = ClipBackbone.load(temporary, Device.cpu(), Precision.FP32)) {
                    assertThat(imageFeatures(again, image)).isEqualTo(imageFeatures(backbone, image));
                    assertThat(again.config()).isEqualTo(backbone.config());
                }
            }
        }
    }

    @Test
    void weightsThatDoNotFitAreListed() throws IOException {
        String config = Files.readString(GELU.resolve("config.json"));
        Files.writeString(
                temporary.resolve("config.json"),
                config.replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1")
                        .replace("\"vocab_size\": 64", "\"vocab_size\": 65"));
        Files.copy(GELU.resolve("model.safetensors"), temporary.resolve("model.safetensors"));
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ClipBackbone.load(temporary, Device.cpu(), Precision.FP32))
                .withMessageContaining("17 tensors do not fit config.json")
                .withMessageContaining("token_embedding.weight: expected (65, 24), found (64, 24)")
                .withMessageContaining("vision_model.encoder.layers.1.layer_norm1.bias: not expected, found (32)");
    }

    @Test
    void inputOfAnotherShapeIsNamed() {
        try (ClipBackbone backbone = ClipBackbone.random(tiny(), 3, Device.cpu(), Precision.FP32);
                NDManager manager = backbone.manager().newSubManager()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backbone.imageTower().encode(manager.ones(new Shape(1, 3, 5, 4)), false))
                    .withMessage("pixels: shape (1, 3, 5, 4), expected (-1, 3, 4, 4)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backbone.textTower()
                            .encodeEmbeddings(manager.ones(new Shape(1, 9, 4)), manager.create(new long[] {0}), false))
                    .withMessage("embeddings: 9 tokens, the context has 8");
            NDArray beginning = backbone.textTower().encodeBeginning(manager.ones(new Shape(1, 5, 4)), false);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backbone.textTower()
                            .encodeEmbeddings(
                                    beginning, manager.ones(new Shape(1, 4, 4)), manager.create(new long[] {8}), false))
                    .withMessage("embeddings: 9 tokens, the context has 8");
        }
    }

    private static boolean canGoBack(GradientCollector collector, NDArray features) {
        try {
            collector.backward(features.sum());
            return true;
        } catch (EngineException e) {
            assertThat(e).hasMessageContaining("does not require grad");
            return false;
        }
    }

    private static float sum(ClipBackbone backbone, NDArray embeddings, NDArray ends) {
        return backbone.textTower()
                .encodeEmbeddings(embeddings, ends, false)
                .sum()
                .getFloat();
    }

    private static float[] tokenTable(long seed) {
        try (ClipBackbone backbone = ClipBackbone.random(tiny(), seed, Device.cpu(), Precision.FP32)) {
            return backbone.textTower()
                    .parameters()
                    .get(ClipWeights.TOKEN_EMBEDDING)
                    .getArray()
                    .toFloatArray();
        }
    }

    private static ClipConfig tiny() {
        return tiny(4);
    }

    private static ClipConfig tiny(int imageSize) {
        ClipConfig.Activation quick = ClipConfig.Activation.QUICK_GELU;
        return new ClipConfig(
                new ClipConfig.Text(10, 8, 4, 8, 2, 2, quick, 1e-5, 9),
                new ClipConfig.Vision(imageSize, 2, 8, 16, 2, 2, quick, 1e-5),
                3,
                2.6592);
    }

    static NDArray pixels(NDManager manager, JsonNode figures) {
        return manager.create(floats(figures.get("pixels")), new Shape(3, 3, 16, 16));
    }

    private static NDArray tokens(NDManager manager, JsonNode figures) {
        return manager.create(longs(figures.get("tokens")), new Shape(4, 9));
    }

    private static NDArray ends(NDManager manager, JsonNode figures) {
        return manager.create(longs(figures.get("ends")));
    }

    private static float[] imageFeatures(ClipBackbone backbone, JsonNode image) {
        try (NDManager manager = backbone.manager().newSubManager()) {
            NDArray pixels = manager.create(floats(image.get("pixel_values")), new Shape(1, 3, 40, 40));
            return backbone.imageTower().encode(pixels, false).toFloatArray();
        }
    }

    private static float[] textFeatures(ClipBackbone backbone, JsonNode text) {
        try (NDManager manager = backbone.manager().newSubManager()) {
            long[] ids = longs(text.get("input_ids"));
            NDArray tokens = manager.create(ids, new Shape(1, ids.length));
            NDArray ends = manager.create(new long[] {ids.length - 1});
            return backbone.textTower().encodeTokens(tokens, ends, false).toFloatArray();
        }
    }
}
