package io.numclip.clip.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.ShippedModel;
import io.numclip.clip.kernel.NoGradient;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.golden.GoldenFigures;
import io.numclip.golden.MadeUpWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The convolutional network that ships without weights. */
class SmallNetworkTest {

    private static final int IMAGES = 3;

    @TempDir
    private Path folder;

    /** The weights of the golden figures. */
    private ClipBackbone golden(JsonNode figures) throws IOException {
        Files.writeString(folder.resolve("config.json"), figures.get("config").toString());
        Path shipped = ModelSource.parse(ShippedModel.SMALL_NETWORK).directory();
        Files.copy(shipped.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        ClipBackbone backbone = ClipBackbone.load(folder, null, 1, Device.cpu(), Precision.AUTO);
        backbone.imageTower().parameters().forEach((name, parameter) -> {
            Shape shape = parameter.getArray().getShape();
            NDArray made = backbone.manager().create(MadeUpWeights.weights(name, shape), shape);
            NoGradient.set(parameter, made);
        });
        return backbone;
    }

    private static NDArray pixels(NDManager manager, int images, int side) {
        return manager.create(
                MadeUpWeights.uniform("pixels", images * 3 * side * side), new Shape(images, 3, side, side));
    }

    @Test
    void featuresEqualThoseOfPyTorch() throws IOException {
        JsonNode figures = GoldenFigures.read("small-network.json");
        try (ClipBackbone backbone = golden(figures);
                NDManager scope = backbone.manager().newSubManager()) {
            float[] features = backbone.imageTower()
                    .encode(pixels(scope, IMAGES, 32), false)
                    .toFloatArray();
            assertThat(features)
                    .containsExactly(GoldenFigures.floats(figures.get("features")), GoldenFigures.within(1e-4));
        }
    }

    /** Once through the graph of the engine, and in one, two and three parts. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void gradientsEqualThoseOfPyTorch(int parts) throws IOException {
        JsonNode figures = GoldenFigures.read("small-network.json");
        try (ClipBackbone backbone = golden(figures);
                NDManager scope = backbone.manager().newSubManager()) {
            Map<String, Parameter> parameters = backbone.imageTower().parameters();
            parameters.values().forEach(parameter -> parameter.freeze(false));
            int count = parts == 0 ? IMAGES : 6 * parts; // images of a batch: a part has six or more
            NDArray pixels = pixels(scope, IMAGES, 32);
            NDArray towards = scope.create(MadeUpWeights.uniform("towards", IMAGES * 64), new Shape(IMAGES, 64));
            learn(backbone.imageTower(), pixels, towards, parts, count);
            figures.get("gradients").properties().forEach(gradient -> {
                float[] found = parameters
                        .get(gradient.getKey())
                        .getArray()
                        .getGradient()
                        .toFloatArray();
                double norm = gradient.getValue().get("norm").asDouble();
                assertThat(Arrays.copyOf(found, Math.min(8, found.length)))
                        .as(gradient.getKey())
                        .containsExactly(
                                GoldenFigures.floats(gradient.getValue().get("first")),
                                Offset.offset((float) (1e-4 * norm)));
                assertThat(norm(found)).isCloseTo(norm, Offset.offset(1e-4 * norm));
            });
        }
    }

    private static void learn(ImageTower tower, NDArray pixels, NDArray towards, int parts, int batch) {
        try (GradientCollector collector = pixels.getManager().getEngine().newGradientCollector()) {
            Optional<DividedTower> divided = parts == 0 ? Optional.empty() : DividedTower.of(tower, batch, parts);
            if (divided.isEmpty()) {
                collector.backward(tower.encode(pixels, true).mul(towards).sum());
                return;
            }
            try (DividedTower several = divided.get()) {
                DividedTower.Pass pass = several.forward(pixels);
                collector.backward(pass.features().mul(towards).sum());
                pass.backward();
            }
        }
    }

    private static double norm(float[] numbers) {
        double squares = 0;
        for (float number : numbers) {
            squares += number * number;
        }
        return Math.sqrt(squares);
    }

    @Test
    void featuresDoNotDependOnTheOtherImages() throws IOException {
        Path directory = ModelSource.parse(ShippedModel.SMALL_NETWORK).directory();
        ClipConfig config = ClipDirectory.config(directory);
        try (ClipBackbone backbone = ClipBackbone.load(directory, null, 7, Device.cpu(), Precision.BF16);
                NDManager scope = backbone.manager().newSubManager()) {
            assertThat(backbone.precision()).isEqualTo(Precision.FP32);
            NDArray pixels = pixels(scope, 35, config.vision().imageSize());
            float[] together = backbone.imageTower().encode(pixels, false).toFloatArray();
            assertThat(together).doesNotContain(Float.NaN).hasSize(35 * 512);
            for (int i : new int[] {0, 15, 16, 34}) {
                float[] alone = backbone.imageTower()
                        .encode(pixels.get(i + ":" + (i + 1)), false)
                        .toFloatArray();
                assertThat(Arrays.copyOfRange(together, i * 512, (i + 1) * 512)).isEqualTo(alone);
            }
        }
    }

    @Test
    void weightsFollowFromTheSeed() throws IOException {
        Path directory = ModelSource.parse(ShippedModel.SMALL_NETWORK).directory();
        assertThat(features(directory, 1)).isEqualTo(features(directory, 1)).isNotEqualTo(features(directory, 2));
    }

    private static float[] features(Path directory, long seed) throws IOException {
        try (ClipBackbone backbone = ClipBackbone.load(directory, 32, seed, Device.cpu(), Precision.FP32);
                NDManager scope = backbone.manager().newSubManager()) {
            return backbone.imageTower().encode(pixels(scope, 1, 32), false).toFloatArray();
        }
    }

    @Test
    void imagesThatCannotBeHalvedSoOftenAreRefused() throws IOException {
        Path directory = ModelSource.parse(ShippedModel.SMALL_NETWORK).directory();
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ClipBackbone.load(directory, 31, 1, Device.cpu(), Precision.FP32))
                .withMessage("images of 31 pixels are too small to be halved 5 times")
                .satisfies(refused -> assertThat(refused.fix()).contains("32 or more"));
    }

    /** By which learning rates may differ. */
    @Test
    void theLastConvolutionHasNoneAfterIt() throws IOException {
        ClipConfig config = ClipDirectory.config(
                ModelSource.parse(ShippedModel.SMALL_NETWORK).directory());
        assertThat(ClipWeights.layersAfter(ClipWeights.CONVOLUTION + "0.weight", config))
                .isEqualTo(4);
        assertThat(ClipWeights.layersAfter(ClipWeights.CONVOLUTION + "4.norm.bias", config))
                .isZero();
    }

    @Test
    void withoutTrainingItSeesNothing() throws IOException {
        Path directory = ModelSource.parse(ShippedModel.SMALL_NETWORK).directory();
        assertThat(ClipFacts.of(directory).family())
                .isEqualTo("small convolutional network, which has seen nothing yet");
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ImageTower.load(directory, Device.cpu(), Precision.FP32))
                .withMessageContaining("this network has no weights before it is trained")
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(Kind.CONFIGURATION));
    }
}
