package io.numclip.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A stored file and the predictions of its model; {@code OnnxModelTest} of numclip-onnx writes both with golden.write. */
class RuntimeAloneTest {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Map<String, Object>>> FIELDS = new TypeReference<>() {};

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
        try (OnnxModel model = OnnxModel.open(RESOURCES.resolve("small.onnx"))) {
            List<Prediction> found = model.predict(
                    IntStream.range(0, 9).mapToObj(RuntimeAloneTest::image).toList());
            assertThat(JSON.readValue(JSON.writeValueAsBytes(found), FIELDS))
                    .usingRecursiveComparison()
                    .withEqualsForType((one, other) -> Math.abs(one - other) <= 1e-4, Double.class)
                    .isEqualTo(
                            JSON.readValue(RESOURCES.resolve("predictions.json").toFile(), FIELDS));
        }
    }

    @Test
    void theCommandLineOnWhichTheLibraryCrashesIsRefused() {
        OnnxLibrary.requireShortCommandLine(3_500);
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> OnnxLibrary.requireShortCommandLine(4_090))
                .withMessageContaining("has 4090 bytes");
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
