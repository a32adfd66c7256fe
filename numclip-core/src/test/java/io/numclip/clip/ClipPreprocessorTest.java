package io.numclip.clip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.ImageDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClipPreprocessorTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final float LARGEST_STEP = 2 / 255f / 0.26130258f; // 2 of 255, normalised

    static Stream<Arguments> goldenImages() throws IOException {
        JsonNode images = new ObjectMapper()
                .readTree(GOLDEN.resolve("clip-parity.json").toFile())
                .get("images");
        return StreamSupport.stream(images.spliterator(), false)
                .map(image -> Arguments.of(image.get("file").asText(), image.get("pixel_values")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldenImages")
    void pixelsEqualPillows(String file, JsonNode expected) throws IOException {
        ClipPreprocessor preprocessor = ClipPreprocessor.load(GOLDEN.resolve("clip-tiny-random"));

        float[] pixels = preprocessor.pixels(ImageDecoder.decode(GOLDEN.resolve(file)));

        assertThat(pixels).hasSize(3 * 40 * 40);
        double largest = 0;
        double sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            double difference = Math.abs(pixels[i] - flat(expected, i));
            largest = Math.max(largest, difference);
            sum += difference;
        }
        assertThat(largest).isLessThan(LARGEST_STEP);
        assertThat(sum / pixels.length).isLessThan(0.002);
    }

    private static double flat(JsonNode array, int index) {
        return array.get(index).asDouble();
    }
}
