package io.numclip.clip.tower;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.golden.GoldenFigures;
import io.numclip.golden.MadeUpWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The way back through an image tower that learns, against the gradients that libtorch computes of the same features. */
@Tag("ci")
class LearningPartTest {

    private static final int IMAGES = 3;

    @TempDir
    private Path temporary;

    static Stream<String> backbones() {
        return Stream.concat(
                BackbonesTest.withTexts().stream(),
                Stream.of("image-clip", "image-clip-projected", "image-metaclip-2", "image-siglip"));
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void featuresAndGradientsEqualThoseOfLibtorch(String name) throws IOException {
        try (ClipBackbone backbone =
                ClipBackbone.load(GoldenFigures.backbone(name, temporary), Device.cpu(), Precision.FP32)) {
            assertEqual(backbone, 1e-4);
        }
    }

    /** Their rows are so many that another library multiplies them. */
    @ParameterizedTest
    @EnumSource(ClipConfig.Activation.class)
    void manyTokensToo(ClipConfig.Activation activation) {
        try (ClipBackbone backbone = many(activation, Precision.FP32)) {
            assertEqual(backbone, 1e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"QUICK_GELU", "GELU"})
    void sixteenBitsTurnGradientsOnlySlightly(ClipConfig.Activation activation) {
        try (ClipBackbone backbone = many(activation, Precision.BF16)) {
            assertEqual(backbone, 0.03);
        }
    }

    @Test
    void aBatchAddsToTheGradientsOfTheOneBefore() {
        try (ClipBackbone backbone = many(ClipConfig.Activation.GELU, Precision.FP32);
                NDManager manager = backbone.manager().newSubManager()) {
            Map<String, Parameter> weights = backbone.imageTower().parameters();
            weights.values().forEach(weight -> weight.freeze(false));
            TowerPart part = backbone.imageTower().part(manager);
            written(part, pixels(backbone.imageTower(), manager));
            Map<String, float[]> once = gradients(weights);
            written(part, pixels(backbone.imageTower(), manager));
            written(part, pixels(backbone.imageTower(), manager));
            gradients(weights)
                    .forEach((name, twice) -> assertClose(
                            name, twice, manager.create(once.get(name)).mul(2).toFloatArray(), 1e-5));
        }
    }

    @Test
    void weightsThatDoNotLearnHaveNoGradient() {
        try (ClipBackbone backbone = many(ClipConfig.Activation.QUICK_GELU, Precision.FP32)) {
            Map<String, Parameter> weights = backbone.imageTower().parameters();
            weights.forEach((name, weight) -> weight.freeze(
                    !name.contains("v_proj") && !name.contains("layer_norm2.bias") && !name.contains("fc1.bias")));
            Map<String, float[]> expected = ofLibtorch(backbone.imageTower(), weights);
            Map<String, float[]> found = ofPart(backbone.imageTower(), weights);
            assertThat(found.keySet())
                    .containsExactlyElementsOf(expected.keySet())
                    .hasSize(4 * 3);
            found.forEach((name, gradient) -> assertClose(name, gradient, expected.get(name), 1e-4));
        }
    }

    private static ClipBackbone many(ClipConfig.Activation activation, Precision precision) {
        ClipConfig config = new ClipConfig(
                new ClipConfig.Text(10, 8, 16, 32, 1, 2, activation, 1e-5, 9),
                new ClipConfig.Vision(32, 4, 64, 160, 3, 4, activation, 1e-5),
                24,
                2.6592);
        return ClipBackbone.random(config, 5, Device.cpu(), precision);
    }

    private static void assertEqual(ClipBackbone backbone, double relative) {
        for (FeatureLayout.Choice features : FeatureLayout.Choice.values()) {
            assertEqual(backbone.imageTower().giving(features), relative);
        }
    }

    private static void assertEqual(ImageTower tower, double relative) {
        Map<String, Parameter> weights = tower.parameters();
        weights.values().forEach(weight -> weight.freeze(false));
        Map<String, float[]> expected = ofLibtorch(tower, weights);
        Map<String, float[]> found = ofPart(tower, weights);
        assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
        double largest = expected.values().stream()
                .mapToDouble(LearningPartTest::largest)
                .max()
                .orElseThrow();
        // a key's bias changes nothing, and its gradient is what rounding leaves
        found.forEach((name, gradient) -> assertClose(
                name,
                gradient,
                expected.get(name),
                name.contains("k_proj.bias") ? relative * largest / largest(expected.get(name)) : relative));
        try (NDManager manager = tower.manager().newSubManager()) {
            NDArray pixels = pixels(tower, manager);
            TowerPart part = tower.part(manager);
            assertClose(
                    "features",
                    part.forward(pixels).toFloatArray(),
                    tower.encode(pixels, true).toFloatArray(),
                    relative);
        }
    }

    private static Map<String, float[]> ofLibtorch(ImageTower tower, Map<String, Parameter> weights) {
        try (NDManager manager = tower.manager().newSubManager();
                GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDArray features = tower.encode(pixels(tower, manager), true);
            collector.backward(features.mul(factors(features)).sum());
        }
        return gradients(weights);
    }

    private static Map<String, float[]> ofPart(ImageTower tower, Map<String, Parameter> weights) {
        try (NDManager manager = tower.manager().newSubManager()) {
            written(tower.part(manager), pixels(tower, manager));
        }
        return gradients(weights);
    }

    @SuppressWarnings("try") // the collector is open so that there are graphs
    private static void written(TowerPart part, NDArray pixels) {
        try (GradientCollector collector = pixels.getManager().getEngine().newGradientCollector()) {
            part.backward(factors(part.forward(pixels)));
        }
    }

    /** Those that there are; afterwards they are zero. */
    private static Map<String, float[]> gradients(Map<String, Parameter> weights) {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        weights.forEach((name, weight) -> {
            PtNDArray array = (PtNDArray) weight.getArray();
            PtNDArray gradient = weight.requiresGradient() ? JniUtils.getGradient(array) : null;
            if (gradient != null) {
                gradients.put(name, gradient.toFloatArray());
                JniUtils.zeroGrad(array);
            }
        });
        return gradients;
    }

    private static NDArray pixels(ImageTower tower, NDManager manager) {
        int side = tower.config().vision().imageSize();
        float[] numbers = MadeUpWeights.uniform("pixels", IMAGES * 3 * side * side);
        return manager.create(numbers, new Shape(IMAGES, 3, side, side));
    }

    /** Of the features in the loss. */
    private static NDArray factors(NDArray features) {
        float[] factors = MadeUpWeights.uniform("factors", (int) features.size());
        return features.getManager().create(factors, features.getShape());
    }

    private static double largest(float[] numbers) {
        double largest = 0;
        for (float number : numbers) {
            largest = Math.max(largest, Math.abs(number));
        }
        return largest;
    }

    private static void assertClose(String name, float[] found, float[] expected, double relative) {
        float[] differences = new float[expected.length];
        for (int i = 0; i < expected.length; i++) {
            differences[i] = found[i] - expected[i];
        }
        assertThat(largest(expected)).as(name).isPositive();
        assertThat(largest(differences)).as(name).isLessThan(relative * largest(expected));
    }
}
