package io.numclip.clip.tower;

import static io.numclip.golden.GoldenFigures.cosine;
import static io.numclip.golden.GoldenFigures.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipConfig.Activation;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.lora.Lora;
import io.numclip.clip.tower.FeatureLayout.Choice;
import io.numclip.data.NumClipException;
import io.numclip.golden.GoldenFigures;
import io.numclip.golden.MadeUpWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of an image tower, against hidden states of transformers, OpenCLIP and timm. */
class FeatureLayoutTest {

    @TempDir
    private Path temporary;

    static Stream<String> towers() throws IOException {
        return GoldenFigures.read("layers.json").propertyStream().map(Map.Entry::getKey);
    }

    @ParameterizedTest
    @MethodSource("towers")
    void layersAreTheHiddenStatesOfTheLibrary(String name) throws IOException {
        JsonNode golden = GoldenFigures.read("layers.json").get(name);
        try (ClipBackbone backbone = backbone(name, Precision.FP32)) {
            ImageTower usual = backbone.imageTower();
            float[][] projected = rows(usual, 2);
            float[][] pooled = heads(usual.giving(Choice.POOLED), 2);
            ImageTower tower = usual.giving(Choice.LAYERS);
            float[][] layers = rows(tower, 2);
            for (int i = 0; i < 2; i++) {
                int joint = tower.layout().jointWidth();
                assertClose(pooled[i], floats(golden.get("pooled").get(i)));
                assertThat(Arrays.copyOf(layers[i], joint)).containsExactly(projected[i]);
                assertClose(
                        Arrays.copyOfRange(layers[i], joint, layers[i].length),
                        floats(golden.get("layers").get(i)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("towers")
    void gradientsOfLayersAreThoseOfTheLibrary(String name) throws IOException {
        JsonNode golden = GoldenFigures.read("layers.json").get(name);
        try (ClipBackbone backbone = backbone(name, Precision.FP32)) {
            ImageTower tower = backbone.imageTower().giving(Choice.LAYERS);
            tower.parameters().values().forEach(parameter -> parameter.freeze(false));
            try (NDManager scope = tower.manager().newSubManager();
                    GradientCollector collector = scope.getEngine().newGradientCollector()) {
                NDArray row = tower.layout().heads(tower.encode(pixels(tower, 2, scope), true));
                float[] factors = MadeUpWeights.uniform("factors", (int) row.size());
                collector.backward(
                        row.mul(scope.create(factors, row.getShape())).sum());
            }
            for (Map.Entry<String, JsonNode> gradient : golden.get("gradients").properties()) {
                double expected = gradient.getValue().doubleValue();
                Parameter weight = tower.parameters().get(gradient.getKey());
                assertThat((double) weight.getArray().getGradient().norm().getFloat())
                        .as(gradient.getKey())
                        .isCloseTo(expected, Offset.offset(1e-3 * expected));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"open-clip, BF16", "open-clip-pe-core, BF16", "siglip, BF16", "open-clip, INT8", "siglip, INT8"})
    void roundingTurnsLayersOnlySlightly(String name, Precision precision) throws IOException {
        JsonNode golden = GoldenFigures.read("layers.json").get(name);
        Path directory = GoldenFigures.backbone(name, temporary);
        try (ImageTower tower = ImageTower.load(directory, Device.cpu(), precision)) {
            float[] found = heads(tower.giving(Choice.LAYERS), 1)[0];
            assertThat(cosine(found, floats(golden.get("layers").get(0)))).isBetween(0.999, 0.9999999);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FP32", "BF16", "INT8"})
    void anImageIsWhatItIsAlone(Precision precision) throws IOException {
        try (ImageTower loaded =
                ImageTower.load(GoldenFigures.backbone("open-clip", temporary), Device.cpu(), precision)) {
            ImageTower tower = loaded.giving(Choice.LAYERS);
            assertThat(rows(tower, 1)[0]).containsExactly(rows(tower, 7)[0]);
        }
    }

    @Test
    void lowRankChangesLearnFromLayers() {
        try (ClipBackbone backbone = ClipBackbone.random(config(3, 5), 1, Device.cpu(), Precision.FP32)) {
            Lora lora = new Lora(2, 2, Lora.Scaling.RANK, "all", List.of(Lora.Target.V), List.of(Lora.Side.IMAGE), "");
            Map<String, Parameter> matrices = backbone.adapt(lora, 1);
            matrices.values().forEach(matrix -> matrix.freeze(false));
            ImageTower tower = backbone.imageTower().giving(Choice.LAYERS);
            try (NDManager scope = tower.manager().newSubManager();
                    GradientCollector collector = scope.getEngine().newGradientCollector()) {
                NDArray row = tower.encode(pixels(tower, 2, scope), true);
                int first = tower.layout().headStart() + 8; // behind the pooled token
                collector.backward(
                        row.get(new NDIndex(":, {}:{}", first, first + 3)).sum()); // of the first layer's class token
            }
            matrices.forEach((name, matrix) -> {
                if (name.contains("layers.0.") && name.contains("lora_B")) {
                    assertThat(matrix.getArray().getGradient().norm().getFloat())
                            .as(name)
                            .isPositive();
                }
            });
            assertThat(matrices).hasSize(2 * 3);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, ''", "2, 1", "5, 1 2 3 4", "6, 1 2 3 4 5", "7, 1 3 5", "12, 3 6 9", "24, 6 12 18", "27, 6 13 20"})
    void allOfFewLayersAreTakenElseThoseThatEndQuarters(int layers, String expected) {
        FeatureLayout layout = FeatureLayout.of(Choice.LAYERS, config(layers, 5));
        assertThat(layout.tapped())
                .containsExactlyElementsOf(Stream.of(expected.split(" "))
                        .filter(number -> !number.isEmpty())
                        .map(Integer::valueOf)
                        .toList());
        assertThat(layout.headWidth()).isEqualTo(8 * (1 + 2 * layout.tapped().size()));
        assertThat(layout.width()).isEqualTo(5 + layout.headWidth());
    }

    @Test
    void withoutAProjectionThePooledTokenIsTheProjectedOne() throws IOException {
        try (ClipBackbone backbone = backbone("image-clip", Precision.FP32)) {
            FeatureLayout layout = backbone.imageTower().giving(Choice.POOLED).layout();
            assertThat(layout).isEqualTo(backbone.imageTower().layout());
        }
    }

    @Test
    void pixelsHaveNoLayers() throws IOException {
        Path directory = ModelSource.parse("pixels").directory();
        try (ImageTower pixels = ImageTower.load(directory, Device.cpu(), Precision.FP32)) {
            assertThat(pixels.giving(Choice.PROJECTED).width()).isEqualTo(pixels.width());
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> pixels.giving(Choice.LAYERS))
                    .withMessage(
                            "backbone.features: expected projected, because plain pixels and small networks have neither tokens nor a"
                                    + " projection; found layers");
        }
    }

    private ClipBackbone backbone(String name, Precision precision) throws IOException {
        return ClipBackbone.load(GoldenFigures.backbone(name, temporary), Device.cpu(), precision);
    }

    /** Tokens of width 8. */
    private static ClipConfig config(int layers, int embedDim) {
        return new ClipConfig(
                new ClipConfig.Text(10, 8, 16, 32, 1, 2, Activation.GELU, 1e-5, 9),
                new ClipConfig.Vision(12, 4, 8, 16, layers, 2, Activation.GELU, 1e-5),
                embedDim,
                2.6592);
    }

    @Test
    void aSmallNetworkHasNothingToChooseFrom() throws IOException {
        ClipConfig config =
                ClipDirectory.config(ModelSource.parse("small-network").directory());
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> FeatureLayout.of(Choice.POOLED, config))
                .withMessageContaining("small networks have neither tokens nor a projection; found pooled");
    }

    private static NDArray pixels(ImageTower tower, int images, NDManager scope) {
        int side = tower.config().vision().imageSize();
        float[] numbers = MadeUpWeights.uniform("pixels", images * 3 * side * side);
        return scope.create(numbers, new Shape(images, 3, side, side));
    }

    private static float[][] rows(ImageTower tower, int images) {
        try (NDManager scope = tower.manager().newSubManager()) {
            return split(tower.encode(pixels(tower, images, scope), false));
        }
    }

    private static float[][] heads(ImageTower tower, int images) {
        try (NDManager scope = tower.manager().newSubManager()) {
            return split(tower.layout().heads(tower.encode(pixels(tower, images, scope), false)));
        }
    }

    private static float[][] split(NDArray rows) {
        float[] all = rows.toFloatArray();
        int width = (int) rows.getShape().get(1);
        float[][] each = new float[all.length / width][];
        Arrays.setAll(each, i -> Arrays.copyOfRange(all, i * width, (i + 1) * width));
        return each;
    }

    /** Within 1e-4 of the largest number, or of 1. */
    private static void assertClose(float[] found, float[] expected) {
        double largest = 1;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(found).containsExactly(expected, GoldenFigures.within(1e-4 * largest));
    }
}
