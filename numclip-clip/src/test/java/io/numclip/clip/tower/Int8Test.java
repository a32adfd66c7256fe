package io.numclip.clip.tower;

import static io.numclip.golden.GoldenFigures.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.Precision;
import io.numclip.clip.kernel.FreshProcess;
import io.numclip.data.NumClipException;
import io.numclip.golden.GoldenFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Image towers whose layers multiply in int8. */
@Tag("ci")
class Int8Test {

    private static final Path GELU = GoldenFigures.FOLDER.resolve("clip-gelu");
    private static final int SIDE = 16;

    private static NDArray pixels(NDManager manager) throws IOException {
        float[] pixels = GoldenFigures.floats(
                GoldenFigures.read("clip-gelu/figures.json").get("pixels"));
        return manager.create(pixels, new Shape(pixels.length / (3 * SIDE * SIDE), 3, SIDE, SIDE));
    }

    /** What goes into a layer is rounded to eight bits: a last digit before it may become a step after it. */
    @Test
    void featuresAreThoseOfPyTorchsDynamicQuantisation() throws IOException {
        JsonNode expected = GoldenFigures.read("clip-gelu/int8.json").get("images");
        JsonNode exact = GoldenFigures.read("clip-gelu/figures.json").get("images");
        try (ImageTower tower = ImageTower.load(GELU, Device.cpu(), Precision.INT8);
                NDManager manager = tower.manager().newSubManager()) {
            NDArray features = tower.encode(pixels(manager), false);
            for (int i = 0; i < expected.size(); i++) {
                float[] found = features.get(i).toFloatArray();
                assertThat(found).containsExactly(GoldenFigures.floats(expected.get(i)), within(2e-4));
                assertThat(distance(found, GoldenFigures.floats(exact.get(i)))).isGreaterThan(2e-3);
            }
        }
    }

    private static double distance(float[] a, float[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    @Test
    void anImageDoesNotDependOnTheOthersOfItsBatch() throws IOException {
        try (ImageTower tower = ImageTower.load(GELU, Device.cpu(), Precision.INT8);
                NDManager manager = tower.manager().newSubManager()) {
            NDArray pixels = pixels(manager);
            pixels = pixels.concat(pixels.mul(5), 0); // others that are much brighter
            NDArray together = tower.encode(pixels, false);
            for (int i = 0; i < pixels.getShape().get(0); i++) {
                NDArray alone = tower.encode(pixels.get(i + ":" + (i + 1)), false);
                assertThat(alone.toFloatArray()).containsExactly(together.get(i).toFloatArray());
            }
        }
    }

    /** Prints the features of some images. */
    static final class Fresh {
        public static void main(String[] arguments) throws IOException {
            try (ImageTower tower = ImageTower.load(GELU, Device.cpu(), Precision.INT8);
                    NDManager manager = tower.manager().newSubManager()) {
                System.out.println("features "
                        + Arrays.toString(tower.encode(pixels(manager), false).toFloatArray()));
            }
        }
    }

    /** FBGEMM multiplies as on a processor with AVX2 alone, where sums of two products must fit into 16 bits. */
    @Test
    void withoutNewInstructionsTheBitsAreTheSame() throws IOException {
        String usual = features(Map.of());
        assertThat(features(Map.of("FBGEMM_ENABLE_INSTRUCTIONS", "AVX2"))).isEqualTo(usual);
    }

    private static String features(Map<String, String> environment) throws IOException {
        String said = FreshProcess.run(Fresh.class, environment);
        assertThat(said).contains("features [");
        return said.substring(said.indexOf("features ["));
    }

    @Test
    void textsAreInFloat32AndAFrozenTowerCanLearnAgain() throws IOException {
        try (ClipBackbone eight = ClipBackbone.load(GELU, Device.cpu(), Precision.INT8);
                ClipBackbone full = ClipBackbone.load(GELU, Device.cpu(), Precision.FP32);
                NDManager manager = eight.manager().newSubManager()) {
            NDArray tokens = manager.create(new long[] {3, 7, 63}, new Shape(1, 3));
            NDArray end = manager.create(new long[] {2});
            assertThat(eight.textTower().encodeTokens(tokens, end, false).toFloatArray())
                    .containsExactly(
                            full.textTower().encodeTokens(tokens, end, false).toFloatArray());
            NDArray pixels = pixels(manager);
            float[] rounded = eight.imageTower().encode(pixels, false).toFloatArray();
            float[] exact = full.imageTower().encode(pixels, false).toFloatArray();
            assertThat(rounded).isNotEqualTo(exact);
            eight.imageTower().parameters().values().forEach(parameter -> parameter.freeze(false));
            assertThat(eight.imageTower().encode(pixels, true).toFloatArray()).containsExactly(exact, within(1e-5));
            eight.imageTower().parameters().values().forEach(parameter -> parameter.freeze(true));
            assertThat(eight.imageTower().encode(pixels, false).toFloatArray()).containsExactly(rounded);
        }
    }

    @Test
    void gpusAreRefused() {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> Precision.INT8.on(Device.gpu(0)))
                .withMessage("precision: int8 is for CPUs; found the device gpu(0)");
        assertThat(Precision.AUTO.orElse(Precision.INT8)).isEqualTo(Precision.INT8);
        assertThat(Precision.FP32.orElse(Precision.INT8)).isEqualTo(Precision.FP32);
    }
}
