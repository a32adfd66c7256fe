package io.numclip.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.pixels.ImagePixels;
import io.numclip.data.ImageRegion;
import io.numclip.data.Region;
import io.numclip.data.RgbRows;
import io.numclip.storage.Fingerprint;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Regions of pictures, and what Pillow cuts out of them. */
class RegionTest {

    private static final Path GOLDEN = Path.of("../numclip-core/src/test/resources/golden");
    private static final Path TURNED = GOLDEN.resolve("regions/turned-6.jpg"); // 35 x 47 upright

    static Stream<Arguments> cases() throws IOException {
        JsonNode cases =
                new ObjectMapper().readTree(GOLDEN.resolve("regions.json").toFile());
        return StreamSupport.stream(cases.spliterator(), false)
                .map(each -> Arguments.of(
                        each.get("file").asText(),
                        each.get("region"),
                        each.get("margin").asDouble(),
                        each));
    }

    @ParameterizedTest(name = "{1} of {0}, margin {2}")
    @MethodSource("cases")
    void cutsEqualPillows(String file, JsonNode numbers, double margin, JsonNode expected) throws IOException {
        RgbRows cut = region(numbers).of(rows(file)).widened(margin);
        assertThat(new Dimension(cut.width(), cut.height()))
                .isEqualTo(new Dimension(
                        expected.get("width").asInt(), expected.get("height").asInt()));
        assertThat(new Fingerprint().add(rgb(cut)).hex())
                .isEqualTo(expected.get("sha256").asText());
    }

    @ParameterizedTest(name = "{1} of {0}, margin {2}")
    @MethodSource("cases")
    void aModelSeesWhatItWouldSeeOfAFileThatIsCutBeforehand(
            String file, JsonNode numbers, double margin, JsonNode expected) throws IOException {
        Region region = region(numbers);
        BufferedImage before = region.of(rows(file)).widened(margin).toImage();
        ClipPreprocessor usual = ClipPreprocessor.standard(8);
        ClipPreprocessor around = usual.around(margin);
        Path path = GOLDEN.resolve("regions").resolve(file);
        for (Object image : List.of(
                new ImageRegion(path, region),
                new ImageRegion(Files.readAllBytes(path), region),
                new ImageRegion(ImageDecoder.decode(path), region),
                new ImageRegion(new ImageFile(path), region),
                new ImageFile(path, region))) {
            assertThat(pixels(around, image))
                    .as("%s", image.getClass())
                    .isEqualTo(usual.pixels(before))
                    .isEqualTo(pixels(around, before));
        }
    }

    private static float[] pixels(ClipPreprocessor preprocessor, Object image) throws IOException {
        float[] pixels = new float[3 * preprocessor.height() * preprocessor.width()];
        new ImagePixels(preprocessor).read(image, List.of(FloatBuffer.wrap(pixels)));
        return pixels;
    }

    @Test
    void alphaIsCutToo() throws IOException {
        Path file = GOLDEN.resolve("transparency/orientation-6.png");
        Background white = Background.parse("white").orElseThrow();
        Region region = new Region(2, 1, 5, 7);
        assertThat(rgb(white.under(region.of(ImageDecoder.rows(file)))))
                .isEqualTo(rgb(region.of(white.under(ImageDecoder.rows(file)))));
    }

    @ParameterizedTest
    @CsvSource({
        "turned-1.jpg,47,35",
        "turned-5.jpg,35,47",
        "turned-6.png,35,47",
        "turned-6.tiff,35,47",
        "plain.bmp,47,35"
    })
    void aSizeIsThatOfTheUprightPicture(String file, int width, int height) throws IOException {
        assertThat(ImageDecoder.size(GOLDEN.resolve("regions").resolve(file))).isEqualTo(new Dimension(width, height));
    }

    @Test
    void theSizeOfAJpegIsReadFromItsBeginningHoweverLongThatIs(@TempDir Path folder) throws IOException {
        byte[] jpeg = Files.readAllBytes(GOLDEN.resolve("regions/turned-5.jpg"));
        Path cut = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(jpeg, jpeg.length - 100));
        assertThat(ImageDecoder.size(cut)).isEqualTo(new Dimension(35, 47));
        assertThatThrownBy(() -> ImageDecoder.rows(cut)).hasMessageContaining("truncated");

        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.write(jpeg, 0, 2);
        byte[] profile = new byte[0xffff + 2];
        Arrays.fill(profile, 0, 4, (byte) 0xff);
        profile[1] = (byte) 0xe2;
        for (int i = 0; i < 5; i++) {
            longer.writeBytes(profile);
        }
        longer.write(jpeg, 2, jpeg.length - 2);
        Path large = Files.write(folder.resolve("large.jpg"), longer.toByteArray());
        assertThat(ImageDecoder.size(large)).isEqualTo(new Dimension(35, 47));
        Files.write(large, Arrays.copyOf(longer.toByteArray(), longer.size() - 100));
        assertThatThrownBy(() -> ImageDecoder.size(large)).hasMessage(large + ": truncated (no end marker)");
    }

    @Test
    void regionsOfAFileAreDifferentImages(@TempDir Path folder) throws IOException {
        Path copy = Files.copy(TURNED, folder.resolve("copy.jpg"));
        ImageFile one = new ImageFile(TURNED, new Region(1, 2, 3, 4));
        ImageFile other = new ImageFile(TURNED, new Region(1, 2, 3, 5));
        assertThat(List.of(one.fingerprint(), other.fingerprint(), new ImageFile(TURNED).fingerprint()))
                .doesNotHaveDuplicates();
        assertThat(List.of(one.contentHash(), other.contentHash(), new ImageFile(TURNED).contentHash()))
                .doesNotHaveDuplicates();
        assertThat(new ImageFile(copy, one.region()).contentHash()).isEqualTo(one.contentHash());
    }

    @Test
    void aMarginIsKeptWithAModel(@TempDir Path folder) throws IOException {
        ClipPreprocessor usual = ClipPreprocessor.standard(8);
        ClipPreprocessor around = usual.around(0.25);
        around.write(folder);
        assertThat(ClipPreprocessor.stored(folder).regionMargin()).isEqualTo(0.25);
        assertThat(ClipPreprocessor.of(around.json(), folder).regionMargin()).isEqualTo(0.25);
        assertThat(around.fingerprint()).isNotEqualTo(usual.fingerprint());
        assertThat(around.on(Background.NONE).at(16).regionMargin()).isEqualTo(0.25);
        assertThat(usual.json()).doesNotContain("margin");
    }

    @Test
    void aDamagedMarginIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("preprocessor_config.json"), "{\"region_margin\": -1}");
        assertThatThrownBy(() -> ClipPreprocessor.stored(folder))
                .hasMessageContaining(file + "")
                .hasMessageContaining("/region_margin: expected a share from 0 to 10; found -1");
    }

    @ParameterizedTest(name = "{0},{1},{2},{3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "-1|2|3|4|left is -1, outside the picture; give 0 or more pixels",
                "1|-2|3|4|top is -2, outside the picture; give 0 or more pixels",
                "1|2|0|4|width is 0, a region of no size; give 1 pixel or more",
                "1|2|3|0|height is 0, a region of no size; give 1 pixel or more",
                "1|2|-3|4|width is -3, a region of no size; give 1 pixel or more",
                "1|2|3|-4|height is -4, a region of no size; give 1 pixel or more",
                "1|2|0.4|4|width is 0, a region of no size; give 1 pixel or more",
                "a|2|3|4|left: 'a' is not a number; give pixels, such as 120",
                "1|2|NaN|4|width: 'NaN' is not a number; give pixels, such as 120",
                "1|2|3|1e300|top + height is 1.0E300, outside every picture; give pixels",
                "1|2|3||of the region only left, top, width are filled; fill all four, or leave all four empty for the whole"
                        + " picture",
                "1||||of the region only left is filled; fill all four, or leave all four empty for the whole picture",
                "30|2|6|4|left + width is 36, outside the upright picture of 35 x 47 pixels; give a region that lies in it",
                "1|40|6|8|top + height is 48, outside the upright picture of 35 x 47 pixels; give a region that lies in it",
                "99|2|3|4|left + width is 102, outside the upright picture of 35 x 47 pixels; give a region that lies in it"
            })
    void aWrongRegionSaysWhatIsWrongAndWhatToDo(String left, String top, String width, String height, String message) {
        assertThatThrownBy(() -> read(left, top, width, height).of(ImageDecoder.rows(TURNED)))
                .hasMessage(message);
    }

    private static Region read(String left, String top, String width, String height) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("left", left);
        fields.put("top", top);
        fields.put("width", width);
        fields.put("height", height);
        return Region.read(fields).orElseThrow();
    }

    @Test
    void columnsOfOtherMeaningAreNoRegions() {
        assertThat(Region.isIn(List.of("image", "width", "height"))).isFalse();
        assertThat(Region.isIn(List.of("image", "left"))).isFalse();
        assertThat(Region.isIn(List.of("top", "left", "height", "width"))).isTrue();
        assertThat(Region.read(Map.of("left", "", "top", " ", "width", "", "height", "")))
                .isEmpty();
        assertThatThrownBy(() -> Region.isIn(List.of("left", "top", "width")))
                .hasMessage("of a region only left, top, width; name all four, left, top, width, height, or give these"
                        + " another name");
    }

    @Test
    void aWrongRegionSaysWhereItWasWritten() {
        assertThatThrownBy(() -> new ImagePixels(ClipPreprocessor.standard(8))
                        .read(
                                new ImageRegion(TURNED, new Region(0, 0, 36, 1), "list.csv:7"),
                                List.of(FloatBuffer.allocate(192))))
                .hasMessageStartingWith("list.csv:7: left + width is 36, outside the upright picture of 35 x 47");
    }

    private static Region region(JsonNode numbers) {
        return Region.rounded(
                numbers.get(0).asDouble(),
                numbers.get(1).asDouble(),
                numbers.get(2).asDouble(),
                numbers.get(3).asDouble());
    }

    private static RgbRows rows(String file) throws IOException {
        return ImageDecoder.rows(GOLDEN.resolve("regions").resolve(file));
    }

    private static byte[] rgb(RgbRows rows) {
        byte[] rgb = new byte[3 * rows.width() * rows.height()];
        int[][] row = new int[3][rows.width()];
        for (int y = 0, i = 0; y < rows.height(); y++) {
            rows.read(0, y, rows.width(), row[0], row[1], row[2]);
            for (int x = 0; x < rows.width(); x++) {
                for (int[] channel : row) {
                    rgb[i++] = (byte) channel[x];
                }
            }
        }
        return rgb;
    }
}
