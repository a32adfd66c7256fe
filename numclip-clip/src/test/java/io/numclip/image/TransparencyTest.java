package io.numclip.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.ImageSource;
import io.numclip.data.RgbRows;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with transparent pixels, and what Pillow's {@code Image.alpha_composite} makes of them. */
class TransparencyTest {

    private static final Path RESOURCES = Path.of("../numclip-core/src/test/resources");
    private static final Path OWN = RESOURCES.resolve("golden/transparency");

    static Stream<Arguments> cases() throws IOException {
        JsonNode cases = new ObjectMapper()
                .readTree(RESOURCES.resolve("golden/transparency.json").toFile());
        return StreamSupport.stream(cases.spliterator(), false)
                .map(image -> Arguments.of(image.get("file").asText(), image));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void compositesEqualPillows(String file, JsonNode expected) throws IOException {
        for (Map.Entry<String, JsonNode> canvas : expected.get("on").properties()) {
            Background background = Background.parse(canvas.getKey()).orElseThrow();
            RgbRows rows = background.under(ImageDecoder.rows(RESOURCES.resolve(file)));
            assertThat(HexFormat.of().formatHex(rgb(rows)))
                    .as("%s on %s", file, canvas.getKey())
                    .isEqualTo(canvas.getValue().asText());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aFileIsTransparentWhereAnyPixelIs(String file, JsonNode expected) throws IOException {
        assertThat(Transparency.isIn(RESOURCES.resolve(file)))
                .isEqualTo(expected.get("lowestAlpha").asInt() < 255);
    }

    @Test
    void withoutABackgroundAnImageIsItself() throws IOException {
        RgbRows image = ImageDecoder.rows(OWN.resolve("every-alpha.png"));
        assertThat(Background.NONE.under(image)).isSameAs(image);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_4BYTE_ABGR})
    void aDecodedImageIsCompositedLikeItsFile(int type) throws IOException {
        RgbRows file = ImageDecoder.rows(OWN.resolve("orientation-6.png"));
        BufferedImage decoded = new BufferedImage(file.width(), file.height(), type);
        int[][] row = new int[4][file.width()];
        for (int y = 0; y < file.height(); y++) {
            file.read(0, y, file.width(), row[0], row[1], row[2]);
            file.readAlpha(0, y, file.width(), row[3]);
            for (int x = 0; x < file.width(); x++) {
                decoded.setRGB(x, y, row[3][x] << 24 | row[0][x] << 16 | row[1][x] << 8 | row[2][x]);
            }
        }
        Background gray = Background.parse("gray").orElseThrow();
        assertThat(rgb(gray.under(RgbRows.of(decoded)))).isEqualTo(rgb(gray.under(file)));
    }

    @Test
    void imagesWithATransparentPixelAreCounted(@TempDir Path folder) throws IOException {
        Path damaged = Files.write(
                folder.resolve("damaged.png"), Arrays.copyOf(Files.readAllBytes(OWN.resolve("one-pixel.png")), 90));
        List<ImageSource> images = Stream.of(
                        OWN.resolve("one-pixel.png"),
                        OWN.resolve("opaque-alpha.png"),
                        OWN.resolve("orientation-5.png"),
                        RESOURCES.resolve("parity/images/plain.jpg"),
                        RESOURCES.resolve("parity/images/rgb.png"),
                        damaged)
                .<ImageSource>map(ImageFile::new)
                .toList();
        assertThat(Transparency.count(images)).isEqualTo(new Transparency.Count(2, 5, 6));
    }

    @Test
    void onlySoManyPixelsAreDecodedToCount() throws IOException {
        List<ImageSource> images = Stream.generate(() -> OWN.resolve("one-pixel.png"))
                .limit(50)
                .<ImageSource>map(ImageFile::new)
                .toList();
        int pixels = 13 * 9;
        assertThat(Transparency.count(images, 10 * pixels)).isEqualTo(new Transparency.Count(10, 10, 50));
    }

    @Test
    void whatIsDrawnIsOpaque() {
        ImageSource drawn = new ImageSource() {
            @Override
            public BufferedImage read() {
                throw new UncheckedIOException(new IOException("must not be drawn to be counted"));
            }

            @Override
            public String fingerprint() {
                return "drawn";
            }
        };
        assertThat(Transparency.count(List.of(drawn))).isEqualTo(new Transparency.Count(0, 1, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#8080800", "#80808", "transparent", "", "0x808080", "White"})
    void otherTextsAreNoColours(String text) {
        assertThat(Background.parse(text)).isEmpty();
    }

    @Test
    void aColourHasOneName() {
        assertThat(Background.parse("FFFFFF"))
                .hasValue(Background.parse("white").orElseThrow());
        assertThat(Background.parse("#0BE37f").orElseThrow()).hasToString("#0be37f");
        assertThat(Background.parse("none")).hasValue(Background.NONE);
    }

    private static byte[] rgb(RgbRows rows) {
        byte[] bytes = new byte[3 * rows.width() * rows.height()];
        int[][] row = new int[3][rows.width()];
        for (int y = 0, at = 0; y < rows.height(); y++) {
            rows.read(0, y, rows.width(), row[0], row[1], row[2]);
            for (int x = 0; x < rows.width(); x++) {
                for (int channel = 0; channel < 3; channel++) {
                    bytes[at++] = (byte) row[channel][x];
                }
            }
        }
        return bytes;
    }
}
