package io.numclip.clip.tower;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.kernel.Gradients;
import io.numclip.golden.GoldenFigures;
import io.numclip.golden.MadeUpWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way back through a frozen text tower, against the gradient that libtorch computes of the same features. */
class TextPassTest {

    private static final int TEXTS = 3;
    private static final int TOKENS = 5;
    private static final ClipConfig WIDE = new ClipConfig(
            new ClipConfig.Text(10, 8, 256, 512, 1, 4, ClipConfig.Activation.QUICK_GELU, 1e-5, 9),
            new ClipConfig.Vision(4, 2, 4, 8, 1, 2, ClipConfig.Activation.QUICK_GELU, 1e-5),
            32,
            2.6592);

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @MethodSource("io.numclip.clip.tower.BackbonesTest#withTexts")
    void featuresAndGradientsEqualThoseOfLibtorch(String name) throws IOException {
        try (ClipBackbone backbone =
                        ClipBackbone.load(GoldenFigures.backbone(name, temporary), Device.cpu(), Precision.FP32);
                NDManager manager = backbone.manager().newSubManager()) {
            assertEqual(backbone, manager, 1e-5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip-gelu", "clip-tiny-random"})
    void aCommonBeginningHasNoGradient(String name) throws IOException {
        try (ClipBackbone backbone =
                        ClipBackbone.load(GoldenFigures.FOLDER.resolve(name), Device.cpu(), Precision.FP32);
                NDManager manager = backbone.manager().newSubManager()) {
            NDArray beginning = backbone.textTower().encodeBeginning(embeddings(backbone, manager, 1, 4), true);
            assertEqual(backbone, manager, beginning, 1e-5);
        }
    }

    @Test
    void sixteenBitsTurnTheGradientOnlySlightly() throws IOException {
        try (ClipBackbone backbone = ClipBackbone.load(
                        GoldenFigures.FOLDER.resolve("clip-tiny-random"), Device.cpu(), Precision.BF16);
                NDManager manager = backbone.manager().newSubManager()) {
            NDArray beginning = backbone.textTower().encodeBeginning(embeddings(backbone, manager, 1, 4), true);
            assertEqual(backbone, manager, beginning, 0.03);
        }
    }

    /** Matrices of this size are packed, for products and for gradients, where the processor can. */
    @ParameterizedTest
    @CsvSource({"FP32, 1e-4", "BF16, 0.03"})
    void wideLayersEqualThoseOfLibtorch(Precision precision, double relative) {
        try (ClipBackbone backbone = ClipBackbone.random(WIDE, 5, Device.cpu(), precision);
                NDManager manager = backbone.manager().newSubManager()) {
            assertEqual(backbone, manager, relative);
        }
    }

    @Test
    void weightsThatAreReplacedArePackedAnew() {
        try (ClipBackbone backbone = ClipBackbone.random(WIDE, 5, Device.cpu(), Precision.FP32);
                NDManager manager = backbone.manager().newSubManager()) {
            assertEqual(backbone, manager, 1e-4);
            backbone.textTower()
                    .parameters()
                    .values()
                    .forEach(each -> each.getArray().muli(0.9));
            backbone.textTower().version().parametersReplaced();
            assertEqual(backbone, manager, 1e-4);
        }
    }

    @Test
    void featuresThatNoLossLooksAtLeaveTheEmbeddingsAlone() throws IOException {
        try (ClipBackbone backbone =
                        ClipBackbone.load(GoldenFigures.FOLDER.resolve("clip-gelu"), Device.cpu(), Precision.FP32);
                NDManager manager = backbone.manager().newSubManager()) {
            NDArray embeddings = embeddings(backbone, manager, TEXTS, TOKENS);
            embeddings.setRequiresGradient(true);
            backbone.textTower().pass(embeddings, ends(manager, 0)).backward();
            assertThat(Gradients.of(embeddings, manager)).isNull();
        }
    }

    /** Without a beginning. */
    private static void assertEqual(ClipBackbone backbone, NDManager manager, double relative) {
        TextTower tower = backbone.textTower();
        int tokens = tower.config().form().causal() ? TOKENS : tower.contextLength();
        NDArray ends = ends(manager, 0);
        float[] expected = gradient(
                embeddings(backbone, manager, TEXTS, tokens), each -> tower.encodeEmbeddings(each, ends, true));
        NDArray embeddings = embeddings(backbone, manager, TEXTS, tokens);
        embeddings.setRequiresGradient(true);
        assertClose(handWritten(embeddings, tower.pass(embeddings, ends)), expected, relative);
        assertClose(
                tower.pass(embeddings, ends).features().toFloatArray(),
                tower.encodeEmbeddings(embeddings, ends, true).toFloatArray(),
                relative);
    }

    private static void assertEqual(ClipBackbone backbone, NDManager manager, NDArray beginning, double relative) {
        TextTower tower = backbone.textTower();
        NDArray ends = ends(manager, beginning.getShape().get(4));
        float[] expected = gradient(
                embeddings(backbone, manager, TEXTS, TOKENS),
                each -> tower.encodeEmbeddings(beginning, each, ends, true));
        NDArray embeddings = embeddings(backbone, manager, TEXTS, TOKENS);
        embeddings.setRequiresGradient(true);
        assertClose(handWritten(embeddings, tower.pass(beginning, embeddings, ends)), expected, relative);
    }

    private static float[] gradient(NDArray embeddings, UnaryOperator<NDArray> encode) {
        embeddings.setRequiresGradient(true);
        try (GradientCollector collector = embeddings.getManager().getEngine().newGradientCollector()) {
            collector.backward(loss(encode.apply(embeddings)));
        }
        return embeddings.getGradient().toFloatArray();
    }

    private static float[] handWritten(NDArray embeddings, TextPass pass) {
        try (GradientCollector collector = embeddings.getManager().getEngine().newGradientCollector()) {
            collector.backward(loss(pass.features()));
            pass.backward();
        }
        return embeddings.getGradient().toFloatArray();
    }

    private static NDArray loss(NDArray features) {
        float[] factors = MadeUpWeights.uniform("factors", (int) features.size());
        return features.mul(features.getManager().create(factors, features.getShape()))
                .sum();
    }

    private static NDArray embeddings(ClipBackbone backbone, NDManager manager, int texts, int tokens) {
        int width = backbone.textTower().config().hiddenSize();
        float[] numbers = MadeUpWeights.uniform("embeddings", texts * tokens * width);
        return manager.create(numbers, new Shape(texts, tokens, width));
    }

    /** A different one for each text, counted from the beginning. */
    private static NDArray ends(NDManager manager, long begun) {
        return manager.create(new long[] {begun + 2, begun + 4, begun + 3});
    }

    private static void assertClose(float[] found, float[] expected, double relative) {
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isPositive();
        assertThat(found).containsExactly(expected, GoldenFigures.within(relative * largest));
    }
}
