package io.numclip.clip.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.Precision;
import io.numclip.clip.lora.Lora;
import io.numclip.golden.GoldenFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DividedTowerTest {

    private static final Path GELU = GoldenFigures.FOLDER.resolve("clip-gelu");
    private static final int WHOLE_BATCH = 24;
    private static final Lora LORA =
            new Lora(2, 1, Lora.Scaling.RANK, "all", List.of(Lora.Target.Q), List.of(Lora.Side.IMAGE), "");

    private ClipBackbone backbone;
    private NDManager manager;

    @BeforeEach
    void open() throws IOException {
        backbone = ClipBackbone.load(GELU, Device.cpu(), Precision.FP32);
        manager = backbone.manager().newSubManager();
    }

    @AfterEach
    void close() {
        backbone.close();
    }

    private Map<String, Parameter> weights() {
        return backbone.imageTower().parameters();
    }

    private DividedTower divided(int parts) {
        weights().values().forEach(weight -> weight.freeze(false));
        return DividedTower.of(backbone.imageTower(), WHOLE_BATCH, parts).orElseThrow();
    }

    /** Of the sum of all squared features. */
    private Map<String, float[]> gradients(DividedTower tower, NDArray pixels) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            DividedTower.Pass pass = tower.forward(pixels);
            collector.backward(pass.features().square().sum());
            pass.backward();
        }
        return gradients();
    }

    private Map<String, float[]> gradients() {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        weights().forEach((name, weight) -> {
            PtNDArray array = (PtNDArray) weight.getArray();
            PtNDArray gradient = JniUtils.getGradient(array);
            if (gradient != null) {
                gradients.put(name, gradient.toFloatArray());
                JniUtils.zeroGrad(array);
            }
        });
        return gradients;
    }

    @Test
    void gradientsEqualThoseOfTransformers() throws IOException {
        JsonNode figures = GoldenFigures.read("clip-gelu/figures.json");
        try (DividedTower tower = divided(3)) {
            Map<String, float[]> found = gradients(tower, ClipBackboneTest.pixels(manager, figures));
            long compared = figures.get("gradients").properties().stream()
                    .filter(norm -> found.containsKey(norm.getKey()))
                    .peek(norm -> {
                        float expected = norm.getValue().floatValue();
                        assertThat(manager.create(found.get(norm.getKey()))
                                        .norm()
                                        .getFloat())
                                .as(norm.getKey())
                                .isCloseTo(expected, within(expected * 1e-3f));
                    })
                    .count();
            assertThat(compared).isPositive();
        }
    }

    @Test
    void aBatchHasTheSameBitsEachTimeAndTheGradientsOfTheWhole() {
        int size = backbone.config().vision().imageSize();
        NDArray pixels = manager.randomNormal(new Shape(17, 3, size, size));
        try (DividedTower tower = divided(3)) {
            Map<String, float[]> first = gradients(tower, pixels);
            gradients(tower, pixels.get("0:1"));
            gradients(tower, pixels.get("0:5"));
            Map<String, float[]> again = gradients(tower, pixels);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(
                        backbone.imageTower().encode(pixels, true).square().sum());
            }
            Map<String, float[]> whole = gradients();
            assertThat(whole.keySet()).containsExactlyElementsOf(first.keySet());
            first.forEach((name, gradient) -> {
                assertThat(again.get(name)).as(name).containsExactly(gradient);
                float largest = manager.create(whole.get(name)).abs().max().getFloat();
                assertThat(gradient).as(name).containsExactly(whole.get(name), within(largest * 1e-5f + 1e-5f));
            });
        }
    }

    @Test
    void divisionIsLeftOutWhereItDoesNotPay() {
        ImageTower tower = backbone.imageTower();
        assertThat(DividedTower.of(tower, WHOLE_BATCH, 3)).as("a frozen tower").isEmpty();
        weights().values().forEach(weight -> weight.freeze(false));
        assertThat(DividedTower.of(tower, 11, 3)).as("less than 6 images each").isEmpty();
        assertThat(DividedTower.of(tower, 15, 3)).as("two parts").hasValueSatisfying(DividedTower::close);
        assertThat(DividedTower.of(tower, WHOLE_BATCH, 1)).as("one processor").hasValueSatisfying(DividedTower::close);
        backbone.adapt(LORA, 1);
        assertThat(DividedTower.of(tower, WHOLE_BATCH, 3))
                .as("low-rank changes")
                .isEmpty();
    }

    @Test
    void aPartThatFailsFailsTheBatchAndTheNextOneGoesThrough() {
        try (DividedTower tower = divided(2)) {
            assertThatThrownBy(() -> tower.forward(manager.ones(new Shape(4, 3, 1, 1))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("pixels");
            int size = backbone.config().vision().imageSize();
            assertThat(gradients(tower, manager.ones(new Shape(4, 3, size, size))))
                    .isNotEmpty();
        }
    }
}
