package io.numclip.clip.tower;

import static io.numclip.golden.GoldenFigures.cosine;
import static io.numclip.golden.GoldenFigures.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.kernel.NoGradient;
import io.numclip.golden.GoldenFigures;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights that the kernel keeps, packed where the processor can, beside those that are passed with every call. */
@Tag("ci")
class KeptWeightsTest {

    private static final int IMAGES = 100;

    private final ClipConfig.Activation quick = ClipConfig.Activation.QUICK_GELU;
    private final ClipConfig config = new ClipConfig( // wide layers: narrow ones are added up in the same order anyway
            new ClipConfig.Text(10, 8, 4, 8, 2, 2, quick, 1e-5, 9),
            new ClipConfig.Vision(4, 2, 512, 2048, 2, 2, quick, 1e-5),
            32,
            2.6592);
    private NDManager manager;
    private NDArray pixels;

    @BeforeEach
    void draw() {
        manager = NDManager.newBaseManager();
        pixels = manager.randomNormal(new Shape(IMAGES, 3, 4, 4));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private float[] encode(ClipBackbone backbone, boolean training) {
        return backbone.imageTower().encode(pixels, training).toFloatArray();
    }

    private static void freeze(ClipBackbone backbone, boolean frozen) {
        backbone.imageTower().parameters().values().forEach(parameter -> parameter.freeze(frozen));
        backbone.imageTower().version().parametersReplaced();
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void anImageHasTheSameBitsBesideAnyOthers(Precision precision) {
        try (ClipBackbone backbone = ClipBackbone.random(config, 3, Device.cpu(), precision)) {
            NDArray together = backbone.imageTower().encode(pixels, false);
            for (int images : new int[] {1, 2, 3, 9, 16, 40}) {
                NDIndex first = new NDIndex(":" + images);
                NDArray apart = backbone.imageTower().encode(pixels.get(first), false);
                assertThat(apart.toFloatArray())
                        .containsExactly(together.get(first).toFloatArray());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void keptOrPassedTheFeaturesAgree(Precision precision) {
        try (ClipBackbone backbone = ClipBackbone.random(config, 3, Device.cpu(), precision)) {
            float[] kept = encode(backbone, false);
            freeze(backbone, false);
            float[] passed = encode(backbone, true);
            assertThat(cosine(kept, passed)).isGreaterThan(0.9999);
            if (precision == Precision.FP32) {
                assertThat(kept).containsExactly(passed, within(1e-5));
            }
            assertThat(encode(backbone, false))
                    .as("a tower that learns, without a graph")
                    .containsExactly(kept);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void aStepOfTheOptimizerIsSeen(Precision precision) {
        try (ClipBackbone backbone = ClipBackbone.random(config, 3, Device.cpu(), precision);
                ClipBackbone other = ClipBackbone.random(config, 4, Device.cpu(), precision)) {
            freeze(backbone, false);
            float[] before = encode(backbone, false);
            backbone.imageTower()
                    .parameters()
                    .forEach((name, parameter) -> NoGradient.set(
                            parameter, other.imageTower().parameters().get(name).getArray()));
            backbone.imageTower().version().stepTaken();
            assertThat(encode(backbone, false)).isNotEqualTo(before).containsExactly(encode(other, false));
        }
    }

    /** An error beats zeros. */
    @Test
    void aGradientOfPixelsIsRefusedWhereWeightsArePacked() throws IOException {
        Path clip = GoldenFigures.FOLDER.resolve("clip-gelu");
        try (ImageTower tower = ImageTower.load(clip, Device.cpu(), Precision.INT8);
                GradientCollector collector = manager.getEngine().newGradientCollector()) {
            assertThat(collector).as("it builds a graph").isNotNull();
            NDArray images = manager.randomNormal(new Shape(1, 3, 16, 16));
            images.setRequiresGradient(true);
            assertThatIllegalStateException()
                    .isThrownBy(() -> tower.encode(images, true))
                    .withMessageContaining("packed weights pass no gradients");
        }
    }
}
