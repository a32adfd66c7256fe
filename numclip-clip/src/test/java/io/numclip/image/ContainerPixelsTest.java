package io.numclip.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.clip.Precision;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.RgbRows;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WebP and TIFF files that Pillow (p-) and ImageMagick (m-) wrote, against Pillow's pixels. */
class ContainerPixelsTest {

    private static final Path PARITY = Path.of("../numclip-core/src/test/resources/parity");
    private static final Path FILES = PARITY.resolve("containers");
    private static final int BLOCK = 16;
    private static final Path CLIP = Path.of("../numclip-clip-tiny/src/main/resources/numclip/clip-tiny-2");

    static Stream<Arguments> files(String figure) throws IOException {
        JsonNode cases =
                new ObjectMapper().readTree(PARITY.resolve("containers.json").toFile());
        return StreamSupport.stream(cases.spliterator(), false)
                .filter(image -> image.has(figure))
                .map(image -> Arguments.of(image.get("file").asText(), image));
    }

    static Stream<Arguments> exact() throws IOException {
        return files("sha256");
    }

    static Stream<Arguments> lossy() throws IOException {
        return files("rgb");
    }

    static Stream<Arguments> photographs() throws IOException {
        return files("blocks");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exact")
    void pixelsEqualPillows(String file, JsonNode expected) throws IOException, NoSuchAlgorithmException {
        RgbRows rows = ImageDecoder.rows(FILES.resolve(file));

        assertThat(rows.width()).isEqualTo(expected.get("width").asInt());
        assertThat(rows.height()).isEqualTo(expected.get("height").asInt());
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(ImageDecoderTest.rgb(rows.toImage()));
        assertThat(HexFormat.of().formatHex(sum))
                .isEqualTo(expected.get("sha256").asText());
        assertThat(rows.damage().isPresent()).isEqualTo(file.contains("gray-16"));
    }

    /** TwelveMonkeys takes colours from the nearest sample, where libwebp goes between them. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("lossy")
    void pixelsOfALossyWebpAreNearPillows(String file, JsonNode expected) throws IOException {
        byte[] ours = ImageDecoderTest.rgb(ImageDecoder.decode(FILES.resolve(file)));
        byte[] pillows = HexFormat.of().parseHex(expected.get("rgb").asText());

        assertThat(ours).hasSameSizeAs(pillows);
        int largest = 0;
        double sum = 0;
        for (int i = 0; i < ours.length; i++) {
            int distance = Math.abs((ours[i] & 0xff) - (pillows[i] & 0xff));
            largest = Math.max(largest, distance);
            sum += distance;
        }
        assertThat(largest).isLessThanOrEqualTo(60);
        assertThat(sum / ours.length).isLessThan(4);
    }

    /** Blocks are predicted from those before them, so an error of the decoder grows from block to block. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("photographs")
    void noBlockOfALossyPhotographDriftsFromPillows(String file, JsonNode expected) throws IOException {
        BufferedImage ours = ImageDecoder.decode(FILES.resolve(file));
        String[] pillows = expected.get("blocks").asText().split(" ");
        int columns = ours.getWidth() / BLOCK;
        for (int i = 0; i < pillows.length; i++) {
            BufferedImage block = ours.getSubimage(i % columns * BLOCK, i / columns * BLOCK, BLOCK, BLOCK);
            assertThat(brightness(block)).as("block " + i).isCloseTo(Double.parseDouble(pillows[i]), within(1.0));
        }
    }

    private static double brightness(BufferedImage image) {
        return Arrays.stream(image.getRGB(0, 0, BLOCK, BLOCK, null, 0, BLOCK))
                .mapToDouble(rgb -> 0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff))
                .average()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lossy")
    void vectorsOfALossyWebpAreNearThoseOfPillowsPixels(String file, JsonNode expected) throws IOException {
        BufferedImage ours = ImageDecoder.decode(FILES.resolve(file));
        BufferedImage pillows = new BufferedImage(ours.getWidth(), ours.getHeight(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = HexFormat.of().parseHex(expected.get("rgb").asText());
        for (int i = 0; i < rgb.length / 3; i++) {
            int color = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
            pillows.setRGB(i % ours.getWidth(), i / ours.getWidth(), color);
        }
        ClipPreprocessor preprocessor = ClipPreprocessor.stored(CLIP);
        try (ImageTower tower = ImageTower.load(CLIP, Device.cpu(), Precision.FP32);
                NDManager manager = tower.manager().newSubManager()) {
            Shape shape = new Shape(1, 3, preprocessor.height(), preprocessor.width());
            NDArray one = tower.encode(manager.create(preprocessor.pixels(ours), shape), false);
            NDArray other = tower.encode(manager.create(preprocessor.pixels(pillows), shape), false);
            float cosine = one.mul(other).sum().getFloat()
                    / (one.norm().getFloat() * other.norm().getFloat());
            assertThat(cosine).isGreaterThan(0.999f);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"p-lossless-alpha.webp", "p-lossy-alpha.webp", "m-tiles.tif", "p-jpeg.tif", "p-deflate.tif"})
    void aFileCutAnywhereIsRefused(String file) throws IOException {
        byte[] whole = Files.readAllBytes(FILES.resolve(file));
        for (int length = 4; length < whole.length; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ImageDecoder.decode(cut, "cut"))
                    .as(file + " cut to " + length)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cut: ");
        }
    }
}
