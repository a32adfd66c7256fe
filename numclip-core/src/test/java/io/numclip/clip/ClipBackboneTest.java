package io.numclip.clip;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipBackboneTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path DIRECTORY = GOLDEN.resolve("clip-tiny-random");

    @TempDir
    private Path temporary;

    @Test
    void imageFeaturesEqualThoseOfTransformers() throws IOException {
        try (ClipBackbone backbone = ClipBackbone.load(DIRECTORY, Device.cpu(), Precision.FP32)) {
            for (JsonNode image : parity().get("images")) {
                float[] features = imageFeatures(backbone, image);
                assertThat(features).containsExactly(floats(image.get("embedding")), within(1e-4f));
            }
        }
    }

    @Test
    void bf16TurnsVectorsOnlySlightly() throws IOException {
        try (ClipBackbone backbone = ClipBackbone.load(DIRECTORY, Device.cpu(), Precision.BF16)) {
            for (JsonNode image : parity().get("images")) {
                assertThat(cosine(imageFeatures(backbone, image), floats(image.get("embedding"))))
                        .isGreaterThan(0.999);
            }
            for (JsonNode text : parity().get("texts")) {
                assertThat(cosine(textFeatures(backbone, text), floats(text.get("embedding"))))
                        .isGreaterThan(0.999);
            }
        }
    }

    @Test
    void textFeaturesEqualThoseOfTransformers() throws IOException {
        try (ClipBackbone backbone = ClipBackbone.load(DIRECTORY, Device.cpu(), Precision.FP32)) {
            for (JsonNode text : parity().get("texts")) {
                float[] features = textFeatures(backbone, text);
                assertThat(features).containsExactly(floats(text.get("embedding")), within(1e-4f));
            }
        }
    }

    private static org.assertj.core.data.Offset<Float> within(float offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }

    private static float[] imageFeatures(ClipBackbone backbone, JsonNode image) {
        try (NDManager manager = backbone.manager().newSubManager()) {
            NDArray pixels = manager.create(floats(image.get("pixel_values")), new Shape(1, 3, 40, 40));
            return backbone.encodeImages(pixels, false).toFloatArray();
        }
    }

    private static float[] textFeatures(ClipBackbone backbone, JsonNode text) {
        try (NDManager manager = backbone.manager().newSubManager()) {
            long[] ids = longs(text.get("input_ids"));
            NDArray tokens = manager.create(ids, new Shape(1, ids.length));
            return backbone.encodeTokens(tokens, manager.create(new long[] {ids.length - 1}), false)
                    .toFloatArray();
        }
    }

    private static JsonNode parity() throws IOException {
        try (InputStream file = Files.newInputStream(GOLDEN.resolve("clip-parity.json"))) {
            return new ObjectMapper().readTree(file);
        }
    }

    private static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).floatValue();
        }
        return values;
    }

    private static long[] longs(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToLong(JsonNode::longValue)
                .toArray();
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            first += a[i] * a[i];
            second += b[i] * b[i];
        }
        return product / Math.sqrt(first * second);
    }

    @Test
    void gradientsReachThawedParametersOnly() {
        try (ClipBackbone backbone = ClipBackbone.load(DIRECTORY, Device.cpu(), Precision.FP32);
                NDManager manager = backbone.manager().newSubManager()) {
            Parameter patches = backbone.imageParameters().get("vision_model.embeddings.patch_embedding.weight");
            patches.freeze(false);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray pixels = manager.ones(new Shape(2, 3, 40, 40));
                collector.backward(backbone.encodeImages(pixels, true).square().sum());
            }
            try (NDArray gradient = patches.getArray().getGradient()) {
                assertThat(gradient.norm().getFloat()).isPositive();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void savedDirectoryLoadsEqual() throws IOException {
        try (ClipBackbone backbone = ClipBackbone.load(DIRECTORY, Device.cpu(), Precision.FP32)) {
            backbone.save(temporary, true);
            try (ClipBackbone again = ClipBackbone.load(temporary, Device.cpu(), Precision.FP32)) {
                JsonNode image = parity().get("images").get(0);
                assertThat(imageFeatures(again, image)).isEqualTo(imageFeatures(backbone, image));
                assertThat(again.config()).isEqualTo(backbone.config());
            }
        }
    }
}
