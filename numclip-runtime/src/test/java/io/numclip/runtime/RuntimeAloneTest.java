package io.numclip.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A stored file and the predictions of its model; {@code OnnxModelTest} of numclip-onnx writes both with golden.write. */
class RuntimeAloneTest {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void nothingOfTheTrainingIsOnTheClassPath() {
        assertThat(List.of(
                        "ai.djl.ndarray.NDArray",
                        "com.google.inject.Guice",
                        "org.pf4j.PluginManager",
                        "io.numclip.model.NumClipModel"))
                .allSatisfy(name ->
                        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(name)));
    }

    @Test
    void predictsWhatTheModelPredicted() throws Exception {
        JsonNode expected = JSON.readTree(RESOURCES.resolve("predictions.json").toFile());
        try (OnnxModel model = OnnxModel.open(RESOURCES.resolve("small.onnx"))) {
            List<Prediction> found = model.predict(
                    IntStream.range(0, 9).mapToObj(RuntimeAloneTest::image).toList());
            assertThat(found).hasSameSizeAs(expected);
            for (int n = 0; n < expected.size(); n++) {
                assertSame(JSON.valueToTree(found.get(n)), expected.get(n), "image " + n);
            }
        }
    }

    @Test
    void theCommandLineOnWhichTheLibraryCrashesIsRefused() {
        OnnxLibrary.requireShortCommandLine(3_500);
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> OnnxLibrary.requireShortCommandLine(4_090))
                .withMessageContaining("has 4090 bytes");
    }

    private static void assertSame(JsonNode found, JsonNode expected, String what) {
        if (expected.isNumber()) {
            assertThat(found.asDouble()).as(what).isCloseTo(expected.asDouble(), Offset.offset(1e-4));
        } else if (expected.isContainerNode()) {
            assertThat(found.size()).as(what).isEqualTo(expected.size());
            expected.fieldNames()
                    .forEachRemaining(name -> assertSame(found.path(name), expected.path(name), what + " " + name));
            for (int i = 0; expected.isArray() && i < expected.size(); i++) {
                assertSame(found.path(i), expected.path(i), what + " " + i);
            }
        } else {
            assertThat(found).as(what).isEqualTo(expected);
        }
    }

    private static BufferedImage image(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(20 + seed, 30, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < image.getWidth() * 30; i++) {
            image.setRGB(i % image.getWidth(), i / image.getWidth(), random.nextInt(1 << 24));
        }
        return image;
    }
}
