package io.numclip.clip.lora;

import static io.numclip.golden.GoldenFigures.floats;
import static io.numclip.golden.GoldenFigures.longs;
import static io.numclip.golden.GoldenFigures.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.Precision;
import io.numclip.clip.safetensors.SafetensorsWriter;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.NumClipException;
import io.numclip.golden.GoldenFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against PEFT on transformers: {@code tools/golden/lora.py}. */
class LoraTest {

    private static final Path CLIP = GoldenFigures.FOLDER.resolve("clip-gelu");
    private static final Path ADAPTER = GoldenFigures.FOLDER.resolve("lora/adapter");
    private static final Lora TWO = lora(2, "all");

    @TempDir
    private Path folder;

    @Test
    void featuresWithAnAdapterOfPeftEqualThoseOfPeft() throws IOException {
        JsonNode golden = GoldenFigures.read("lora/figures.json");
        try (ClipBackbone backbone = ClipBackbone.load(CLIP, Device.cpu(), Precision.FP32);
                NDManager scope = backbone.manager().newSubManager()) {
            Map<String, Parameter> matrices = start(backbone, scope);
            for (boolean trained : new boolean[] {true, false}) {
                matrices.values().forEach(matrix -> matrix.freeze(!trained));
                assertThat(images(backbone, scope, false).toFloatArray())
                        .containsExactly(flat(golden.get("image_features")), within(1e-5));
                assertThat(texts(backbone, scope, false).toFloatArray())
                        .containsExactly(flat(golden.get("text_features")), within(1e-5));
            }
        }
    }

    @Test
    void gradientsOfOneStepEqualThoseOfPeft() throws IOException {
        JsonNode golden = GoldenFigures.read("lora/figures.json");
        try (ClipBackbone backbone = ClipBackbone.load(CLIP, Device.cpu(), Precision.FP32);
                NDManager scope = backbone.manager().newSubManager()) {
            Map<String, Parameter> matrices = start(backbone, scope);
            matrices.values().forEach(matrix -> matrix.freeze(false));
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray images = normalize(images(backbone, scope, true));
                NDArray texts = normalize(texts(backbone, scope, true));
                NDArray scale = scope.create(
                        (float) Math.exp(backbone.logitScale().getArray().getFloat()));
                NDArray logits = images.matMul(texts.transpose()).mul(scale); // (3, 4)
                NDArray labels = scope.create(longs(golden.get("labels"))).oneHot(4); // (3, 4)
                NDArray loss = logits.logSoftmax(1).mul(labels).sum().div(scope.create(-3f));
                assertThat(loss.getFloat()).isCloseTo(golden.get("loss").floatValue(), within(1e-4));
                collector.backward(loss);
            }
            assertThat(golden.get("gradients")).hasSameSizeAs(matrices.keySet());
            golden.get("gradients").properties().forEach(expected -> {
                float[] values = flat(expected.getValue());
                double largest = 0;
                for (float value : values) {
                    largest = Math.max(largest, Math.abs(value));
                }
                try (NDArray gradient =
                        matrices.get(expected.getKey()).getArray().getGradient()) {
                    assertThat(gradient.toFloatArray())
                            .as(expected.getKey())
                            .containsExactly(values, within(1e-3 * largest));
                }
            });
            assertThat(backbone.imageTower().parameters().values()).noneMatch(Parameter::requiresGradient);
        }
    }

    /** Of a tower that was adapted in memory, and of one that was opened with the matrices beside it. */
    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP32", "BF16"})
    void mergedWeightsGiveTheFeaturesOfComposedOnes(Precision precision) throws IOException {
        Path stored = folder.resolve("model.safetensors");
        try (ClipBackbone backbone = ClipBackbone.load(CLIP, Device.cpu(), precision);
                NDManager scope = backbone.manager().newSubManager()) {
            Map<String, Parameter> matrices = start(backbone, scope);
            matrices.values().forEach(matrix -> matrix.freeze(false));
            float[] composed = images(backbone, scope, false).toFloatArray();
            SafetensorsWriter.write(stored, arrays(matrices), SafetensorsWriter.Type.F32, LoraScale.header(TWO));
            matrices.values().forEach(matrix -> matrix.freeze(true));
            backbone.imageTower().version().parametersReplaced();
            assertThat(images(backbone, scope, false).toFloatArray()).containsExactly(composed, within(1e-6));
            try (ImageTower opened = ImageTower.load(CLIP, stored, null, Device.cpu(), precision);
                    NDManager other = opened.manager().newSubManager()) {
                assertThat(opened.encode(pixels(other), false).toFloatArray()).containsExactly(composed, within(1e-6));
                assertThat(opened.trainable()).isEmpty();
            }
        }
    }

    @Test
    void mergedWeightsFollowTheMatrices() throws IOException {
        try (ClipBackbone backbone = ClipBackbone.load(CLIP, Device.cpu(), Precision.FP32);
                NDManager scope = backbone.manager().newSubManager()) {
            float[] plain = images(backbone, scope, false).toFloatArray();
            Map<String, Parameter> matrices = backbone.adapt(TWO, 1);
            assertThat(images(backbone, scope, false).toFloatArray()).containsExactly(plain, within(1e-6));
            set(matrices, PeftAdapter.open(ADAPTER).matrices(TWO, shapes(matrices), scope));
            backbone.imageTower().version().parametersReplaced();
            assertThat(images(backbone, scope, false).toFloatArray()).isNotEqualTo(plain);
        }
    }

    @Test
    void matricesStartAsTheReferenceAndDependOnSeedAndNameAlone() throws IOException {
        try (ClipBackbone backbone = ClipBackbone.load(CLIP, Device.cpu(), Precision.FP32)) {
            Map<String, float[]> first = values(backbone.adapt(TWO, 1));
            Map<String, float[]> again = values(backbone.adapt(lora(2, "last:1"), 1));
            Map<String, float[]> other = values(backbone.adapt(TWO, 2));
            assertThat(first).hasSize(2 * 3 * (2 + 3));
            first.forEach((name, numbers) -> {
                float bound = name.endsWith("lora_B.weight")
                        ? 0
                        : (float) (1 / Math.sqrt(name.startsWith("vision") ? 32 : 24));
                assertThat(numbers).as(name).containsExactly(new float[numbers.length], within(bound));
            });
            assertThat(again).hasSize(2 * 3 * 2);
            again.forEach((name, numbers) -> assertThat(numbers).isEqualTo(first.get(name)));
            String query = "vision_model.encoder.layers.1.self_attn.q_proj.lora_A.weight";
            assertThat(again).containsKey(query).doesNotContainKey(query.replace("layers.1", "layers.0"));
            assertThat(other.get(query)).isNotEqualTo(first.get(query));
            assertThat(first.get(query.replace("q_proj", "k_proj"))).isNotEqualTo(first.get(query));
        }
    }

    @Test
    void everyTargetCanBeChanged() throws IOException {
        Lora all = new Lora(3, 6, Lora.Scaling.RANK, "1", List.of(Lora.Target.values()), List.of(Lora.Side.TEXT), "");
        try (ClipBackbone backbone = ClipBackbone.load(CLIP, Device.cpu(), Precision.FP32)) {
            Map<String, Parameter> matrices = backbone.adapt(all, 1);
            String layer = "text_model.encoder.layers.2.";
            assertThat(matrices).hasSize(2 * 6);
            assertThat(matrices.get(layer + "mlp.fc1.lora_A.weight").getArray().getShape())
                    .isEqualTo(new Shape(3, 24));
            assertThat(matrices.get(layer + "mlp.fc1.lora_B.weight").getArray().getShape())
                    .isEqualTo(new Shape(40, 3));
            assertThat(all.scale()).isEqualTo(2);
            assertThat(backbone.imageTower().trainable())
                    .isSameAs(backbone.imageTower().parameters());
        }
    }

    @Test
    void scalingIsByTheRootOfTheRankOrByTheRank() {
        assertThat(lora(4, "all").scale()).isEqualTo(0.5);
        assertThat(new Lora(4, 1, Lora.Scaling.RANK, "all", TWO.targets(), TWO.towers(), "").scale())
                .isEqualTo(0.25);
    }

    @Test
    void wrongSettingsAreRefused() throws IOException {
        assertRefused("rank", () -> lora(-1, "all"));
        assertRefused("layers", () -> lora(2, "last:0"));
        assertRefused("layers", () -> lora(2, "first:2"));
        assertRefused("alpha", () -> new Lora(2, 0, Lora.Scaling.SQRT, "all", TWO.targets(), TWO.towers(), ""));
        assertRefused("targets", () -> new Lora(2, 1, Lora.Scaling.SQRT, "all", List.of(), TWO.towers(), ""));
        assertRefused(
                "towers",
                () -> new Lora(
                        2, 1, Lora.Scaling.SQRT, "all", TWO.targets(), List.of(Lora.Side.TEXT, Lora.Side.TEXT), ""));
        try (ClipBackbone backbone = ClipBackbone.load(CLIP, Device.cpu(), Precision.FP32)) {
            assertThatThrownBy(() -> backbone.adapt(lora(25, "all"), 1))
                    .isInstanceOf(NumClipException.class)
                    .hasMessageContaining("training.lora.rank: must be at most 24");
            assertThatThrownBy(() -> backbone.adapt(lora(2, "last:4"), 1))
                    .isInstanceOf(NumClipException.class)
                    .hasMessageContaining("at most 3 layers; found last:4");
        }
    }

    private static void assertRefused(String setting, ThrowingCallable make) {
        assertThatThrownBy(make).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(setting + " ");
    }

    private static Lora lora(int rank, String layers) {
        Lora usual = Lora.defaults();
        return new Lora(rank, 1, Lora.Scaling.SQRT, layers, usual.targets(), usual.towers(), "");
    }

    /** Adds the matrices of the adapter of PEFT. */
    static Map<String, Parameter> start(ClipBackbone backbone, NDManager scope) throws IOException {
        Map<String, Parameter> matrices = backbone.adapt(TWO, 1);
        set(matrices, PeftAdapter.open(ADAPTER).matrices(TWO, shapes(matrices), scope));
        backbone.imageTower().version().parametersReplaced();
        return matrices;
    }

    static Map<String, Shape> shapes(Map<String, Parameter> matrices) {
        return map(matrices, (name, matrix) -> matrix.getArray().getShape());
    }

    private static Map<String, float[]> values(Map<String, Parameter> matrices) {
        return map(matrices, (name, matrix) -> matrix.getArray().toFloatArray());
    }

    static Map<String, NDArray> arrays(Map<String, Parameter> matrices) {
        return map(matrices, (name, matrix) -> matrix.getArray());
    }

    private static <T> Map<String, T> map(Map<String, Parameter> matrices, BiFunction<String, Parameter, T> of) {
        Map<String, T> result = new LinkedHashMap<>();
        matrices.forEach((name, matrix) -> result.put(name, of.apply(name, matrix)));
        return result;
    }

    private static void set(Map<String, Parameter> matrices, Map<String, NDArray> values) {
        matrices.forEach((name, matrix) -> matrix.getArray().set(new NDIndex("..."), values.get(name)));
    }

    static NDArray images(ClipBackbone backbone, NDManager scope, boolean training) throws IOException {
        return backbone.imageTower().encode(pixels(scope), training); // (3, D)
    }

    private static NDArray pixels(NDManager scope) throws IOException {
        JsonNode figures = GoldenFigures.read("clip-gelu/figures.json");
        return scope.create(floats(figures.get("pixels")), new Shape(3, 3, 16, 16));
    }

    static NDArray texts(ClipBackbone backbone, NDManager scope, boolean training) throws IOException {
        JsonNode figures = GoldenFigures.read("clip-gelu/figures.json");
        NDArray tokens = scope.create(longs(figures.get("tokens")), new Shape(4, 9));
        return backbone.textTower().encodeTokens(tokens, scope.create(longs(figures.get("ends"))), training); // (4, D)
    }

    private static NDArray normalize(NDArray features) {
        return features.div(features.norm(new int[] {1}, true));
    }

    /** The numbers of a matrix, row by row. */
    private static float[] flat(JsonNode matrix) {
        float[] all = new float[matrix.size() * matrix.get(0).size()];
        for (int i = 0; i < matrix.size(); i++) {
            System.arraycopy(
                    floats(matrix.get(i)),
                    0,
                    all,
                    i * matrix.get(0).size(),
                    matrix.get(0).size());
        }
        return all;
    }
}
