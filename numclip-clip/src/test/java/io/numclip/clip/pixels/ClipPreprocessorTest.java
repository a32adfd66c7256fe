package io.numclip.clip.pixels;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.OpenClipConfig;
import io.numclip.data.NumClipException;
import io.numclip.data.RgbRows;
import io.numclip.golden.GoldenFigures;
import io.numclip.image.Background;
import io.numclip.image.ImageDecoder;
import io.numclip.storage.JsonFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClipPreprocessorTest {

    private static final Background WHITE = Background.parse("white").orElseThrow();

    private static final Path RESOURCES = Path.of("../numclip-core/src/test/resources");
    private static final Path GOLDEN = RESOURCES.resolve("golden");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final float LARGEST_STEP = 2 / 255f / 0.26130258f; // 2 of 255, normalised

    @TempDir
    Path directory;

    static Stream<Arguments> goldenImages() throws IOException {
        JsonNode images =
                MAPPER.readTree(GOLDEN.resolve("clip-parity.json").toFile()).get("images");
        return StreamSupport.stream(images.spliterator(), false)
                .map(image -> Arguments.of(image.get("file").asText(), image.get("pixel_values")));
    }

    static Stream<Arguments> pillowCases() throws IOException {
        JsonNode cases =
                MAPPER.readTree(RESOURCES.resolve("parity/preprocessor.json").toFile());
        return StreamSupport.stream(cases.spliterator(), false)
                .map(image -> Arguments.of(
                        image.get("config").toString(), image.get("file").asText(), image));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldenImages")
    void normalisedPixelsAreThoseOfTransformers(String file, JsonNode expected) throws IOException {
        ClipPreprocessor preprocessor = ClipDirectory.preprocessor(GOLDEN.resolve("clip-tiny-random"));

        float[] pixels = preprocessor.pixels(ImageDecoder.decode(GOLDEN.resolve(file)));

        assertThat(pixels).hasSize(3 * 40 * 40);
        double largest = 0;
        double sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            double difference = Math.abs(pixels[i] - expected.get(i).asDouble());
            largest = Math.max(largest, difference);
            sum += difference;
        }
        assertThat(largest).isLessThan(LARGEST_STEP);
        assertThat(sum / pixels.length).isLessThan(0.0002);
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("pillowCases")
    void resizeAndCropEqualPillowsToTheLastBit(String config, String file, JsonNode expected) throws IOException {
        ClipPreprocessor preprocessor = load(
                ((ObjectNode) MAPPER.readTree(config)).put("do_rescale", false).put("do_normalize", false));

        float[] pixels =
                preprocessor.pixels(ImageDecoder.decode(GOLDEN.resolve("images").resolve(file)));

        assertThat(preprocessor.height()).isEqualTo(expected.get("shape").get(1).asInt());
        assertThat(preprocessor.width()).isEqualTo(expected.get("shape").get(2).asInt());
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) pixels[i];
        }
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(expected.get("pixels").asText());
    }

    @Test
    void everyImageTypeGivesThePixelsOfItsRgb() {
        BufferedImage rgb = noise(BufferedImage.TYPE_INT_RGB);
        float[] expected = ClipPreprocessor.standard(16).pixels(rgb);

        assertThat(ClipPreprocessor.standard(16).pixels(noise(BufferedImage.TYPE_3BYTE_BGR)))
                .containsExactly(expected);
        assertThat(ClipPreprocessor.standard(16).pixels(noise(BufferedImage.TYPE_INT_ARGB)))
                .containsExactly(expected);
    }

    @Test
    void cropAtAPlaceIsThatWindowOfTheResizedImage() {
        BufferedImage image = noise(BufferedImage.TYPE_INT_RGB);
        float[] whole = exact(20, 18, 20, 18).pixels(image);
        ClipPreprocessor cropping = exact(20, 18, 16, 16);
        int[][] starts = {{0, 0}, {4, 2}, {3, 1}, {2, 1}};
        CropPlace[] places = {new CropPlace(1e-9, 1e-9), new CropPlace(1, 1), new CropPlace(0.8, 0.5), CropPlace.CENTER
        };
        for (int i = 0; i < places.length; i++) {
            FloatBuffer pixels = FloatBuffer.allocate(3 * 16 * 16);
            cropping.write(RgbRows.of(image), places[i], pixels);
            for (int channel = 0; channel < 3; channel++) {
                for (int y = 0; y < 16; y++) {
                    for (int x = 0; x < 16; x++) {
                        assertThat(pixels.get((channel * 16 + y) * 16 + x))
                                .isEqualTo(whole[(channel * 20 + y + starts[i][0]) * 18 + x + starts[i][1]]);
                    }
                }
            }
        }
    }

    /** What is left beside the crop is odd for every second width. */
    @Test
    void directoriesOfOpenClipAreCroppedAsTorchvisionDoes() throws IOException {
        JsonNode plain = JsonFile.MAPPER.readTree("{\"preprocess_cfg\": {\"mean\": [0, 0, 0], \"std\": [1, 1, 1]}}");
        ClipPreprocessor preprocessor = new ClipPreprocessor(OpenClipConfig.preprocessing(plain, 8));
        for (var start : GoldenFigures.read("center-crop.json").get("starts").properties()) {
            BufferedImage ramp = new BufferedImage(Integer.parseInt(start.getKey()), 8, BufferedImage.TYPE_INT_RGB);
            for (int x = 0; x < ramp.getWidth(); x++) {
                for (int y = 0; y < 8; y++) {
                    ramp.setRGB(x, y, x << 16);
                }
            }
            assertThat(Math.round(preprocessor.pixels(ramp)[0] * 255))
                    .as(start.getKey())
                    .isEqualTo(start.getValue().intValue());
        }
    }

    @Test
    void onlyColoursInTheirOrderAreTakenFromOpenClip() throws IOException {
        JsonNode mode = JsonFile.MAPPER.readTree("{\"preprocess_cfg\": {\"mode\": \"BGR\"}}");
        assertThatThrownBy(() -> OpenClipConfig.preprocessing(mode, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("preprocess_cfg/mode: \"BGR\", expected \"RGB\"");
    }

    /** As torchvision, transformers and OpenCLIP alike pad: wherever the crop would lie in a larger image. */
    @ParameterizedTest
    @CsvSource({"16, 0", "15, 0", "14, 1", "13, 1", "12, 2", "11, 2", "1, 7"})
    void theSmallerHalfOfThePaddingComesFirst(int side, int first) {
        BufferedImage white = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        IntStream.range(0, side * side).forEach(i -> white.setRGB(i % side, i / side, 0xffffff));
        PreprocessorConfig config = PreprocessorConfig.standard(16)
                .withResize(new PreprocessorConfig.Resize.None(), PillowResize.Filter.BICUBIC);
        for (CropPlace place : new CropPlace[] {CropPlace.CENTER, new CropPlace(0.01, 1)}) {
            FloatBuffer pixels = FloatBuffer.allocate(3 * 16 * 16);
            new ClipPreprocessor(config).write(RgbRows.of(white), place, pixels);
            for (int i = 0; i < 16; i++) {
                boolean isInside = i >= first && i < first + side;
                assertThat(pixels.get(16 * first + i) > 0).isEqualTo(isInside);
                assertThat(pixels.get(16 * i + first) > 0).isEqualTo(isInside);
            }
        }
    }

    /** Features that were cached when the larger half came first are not used any more. */
    @Test
    void whatMayBePaddedHasAnotherFingerprint() {
        PreprocessorConfig config = PreprocessorConfig.standard(16);
        PreprocessorConfig small =
                config.withResize(new PreprocessorConfig.Resize.ShortestEdge(15), PillowResize.Filter.BICUBIC);
        assertThat(new ClipPreprocessor(small).fingerprint()).isNotEqualTo(small.toString());
        assertThat(new ClipPreprocessor(config).fingerprint()).isEqualTo(config.toString());
    }

    @Test
    void theKindOfCropIsKept(@TempDir Path directory) throws IOException {
        JsonNode plain = JsonFile.MAPPER.createObjectNode();
        ClipPreprocessor preprocessor = new ClipPreprocessor(OpenClipConfig.preprocessing(plain, 8));
        preprocessor.write(directory);
        assertThat(ClipPreprocessor.stored(directory).fingerprint()).isEqualTo(preprocessor.fingerprint());
    }

    private static ClipPreprocessor exact(int height, int width, int cropHeight, int cropWidth) {
        PreprocessorConfig config = PreprocessorConfig.standard(16);
        return new ClipPreprocessor(new PreprocessorConfig(
                new PreprocessorConfig.Resize.Exact(height, width),
                config.filter(),
                new PreprocessorConfig.Crop(cropHeight, cropWidth),
                config.isCentreRounded(),
                config.rescale(),
                config.mean(),
                config.deviation()));
    }

    @Test
    void extremeShapesCostOnlyWhatTheCropKeeps() {
        float[] wide = ClipPreprocessor.standard(16).pixels(new BufferedImage(30_000, 1, BufferedImage.TYPE_INT_RGB));
        float[] high = ClipPreprocessor.standard(16).pixels(new BufferedImage(1, 30_000, BufferedImage.TYPE_INT_RGB));

        assertThat(wide).hasSize(3 * 16 * 16).containsExactly(high);
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        ClipPreprocessor written = ClipPreprocessor.standard(64);
        written.write(directory);

        ClipPreprocessor read = ClipDirectory.preprocessor(directory);

        assertThat(read.fingerprint()).isEqualTo(written.fingerprint());
        assertThat(read.height()).isEqualTo(64);
        assertThat(read.fingerprint())
                .isNotEqualTo(ClipPreprocessor.standard(65).fingerprint());
    }

    @Test
    void aBackgroundIsKeptAndNothingIsSaidWithoutOne() throws IOException {
        ClipPreprocessor plain = ClipPreprocessor.standard(64);
        ClipPreprocessor white = plain.on(WHITE);
        white.write(directory);

        assertThat(ClipPreprocessor.stored(directory).background()).isEqualTo(WHITE);
        assertThat(ClipPreprocessor.stored(directory).fingerprint()).isEqualTo(white.fingerprint());
        assertThat(white.fingerprint()).isNotEqualTo(plain.fingerprint());
        assertThat(white.at(32).with(Resizing.SQUASH, PixelStatistics.CLIP).background())
                .isEqualTo(WHITE);
        assertThat(white.describe()).isEqualTo("on #ffffff, " + plain.describe());
        assertThat(plain.json()).doesNotContain("background");
        assertThat(plain.fingerprint())
                .isEqualTo(PreprocessorConfig.standard(64).toString());
    }

    @Test
    void transparentPixelsAreSeenOnTheBackground() throws IOException {
        Path transparent = RESOURCES.resolve("golden/transparency/orientation-5.png");
        BufferedImage composited = WHITE.under(ImageDecoder.rows(transparent)).toImage();
        ClipPreprocessor plain = ClipPreprocessor.standard(8);

        FloatBuffer pixels = FloatBuffer.allocate(3 * 8 * 8);
        plain.on(WHITE).write(ImageDecoder.rows(transparent), pixels);

        assertThat(pixels.array()).containsExactly(plain.pixels(composited));
    }

    @Test
    void aColourThatIsNoneIsRefused() throws IOException {
        ClipPreprocessor.standard(64).on(WHITE).write(directory);
        Path file = directory.resolve("preprocessor_config.json");
        Files.writeString(file, Files.readString(file).replace("#ffffff", "snow"));

        assertThatThrownBy(() -> ClipPreprocessor.stored(directory))
                .hasMessage(file + ": /background: expected a colour such as #ffffff; found \"snow\"");
    }

    @Test
    void missingFieldsAreClips() throws IOException {
        assertThat(load(MAPPER.createObjectNode()).fingerprint())
                .isEqualTo(ClipPreprocessor.standard(224).fingerprint());
        assertThat(load(MAPPER.createObjectNode().put("size", 64)).fingerprint())
                .isEqualTo(ClipPreprocessor.standard(64).fingerprint());
        assertThat(load(MAPPER.createObjectNode().put("crop_size", 64)).fingerprint())
                .isEqualTo(ClipPreprocessor.standard(64).fingerprint());
    }

    @Test
    void oneNumberMayMeanBothSides() throws IOException {
        ObjectNode square = MAPPER.createObjectNode().put("size", 64).put("default_to_square", true);
        ObjectNode both = MAPPER.createObjectNode();
        both.putObject("size").put("height", 64).put("width", 64);
        assertThat(load(square).fingerprint()).isEqualTo(load(both).fingerprint());
        assertThat(load(square.put("default_to_square", false)).fingerprint())
                .isEqualTo(ClipPreprocessor.standard(64).fingerprint());
    }

    /** Of another class than CLIP's, all that it does is in the file. */
    @Test
    void theFieldsOfAnotherProcessorCount() throws IOException {
        ObjectNode whole =
                (ObjectNode) MAPPER.readTree(ClipPreprocessor.standard(64).json());
        whole.put("image_processor_type", "ViTImageProcessor").put("do_center_crop", false);
        whole.putObject("size").put("height", 64).put("width", 64);
        assertThat(load(whole).fingerprint()).isEqualTo(exact(64, 64, 64, 64).fingerprint());
    }

    @Test
    void withoutTheFileTheModelsImageSizeCounts() throws IOException {
        Files.writeString(
                directory.resolve("config.json"),
                "{\"model_type\": \"clip\", \"vision_config\": {\"image_size\": 48}}");

        assertThat(ClipDirectory.preprocessor(directory).fingerprint())
                .isEqualTo(ClipPreprocessor.standard(48).fingerprint());
    }

    @Test
    void newerExportsHaveItInTheProcessorConfig() throws IOException {
        ObjectNode processor = MAPPER.createObjectNode();
        processor.putObject("image_processor").put("size", 56);
        MAPPER.writeValue(directory.resolve("processor_config.json").toFile(), processor);

        assertThat(ClipDirectory.preprocessor(directory).height()).isEqualTo(56);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"image_std": [1, 0, 1]}            | /image_std/1: expected a number from 1.0E-6 to 1000.0, found 0
            {"image_mean": [0.5, 0.5]}          | /image_mean: expected 3 numbers, found [0.5,0.5]
            {"image_mean": [0.5, "x", 0.5]}     | /image_mean/1: expected a number from -1000.0 to 1000.0, found "x"
            {"image_mean": 0.5}                 | /image_mean: expected 3 numbers, found 0.5
            {"size": 1000000}                   | /size: expected a whole number from 1 to 4096, found 1000000
            {"size": 0}                         | /size: expected a whole number from 1 to 4096, found 0
            {"size": "224"}                     | /size: expected a whole number, {shortest_edge} or {height, width}, found "224"
            {"size": {"longest_edge": 224}}     | /size: expected a whole number, {shortest_edge} or {height, width}, found {"longest_edge":224}
            {"size": {"height": 1, "width": 0}} | /size/width: expected a whole number from 1 to 4096, found 0
            {"size": {"shortest_edge": 2.5}}    | /size/shortest_edge: expected a whole number from 1 to 4096, found 2.5
            {"crop_size": {"height": 9}}        | /crop_size: expected a whole number or {height, width}, found {"height":9}
            {"crop_size": -3}                   | /crop_size: expected a whole number from 1 to 4096, found -3
            {"crop_size": [9, 9]}               | /crop_size: expected a whole number or {height, width}, found [9,9]
            {"resample": 9}                     | /resample: expected 2 (bilinear) or 3 (bicubic), found 9
            {"resample": 0}                     | /resample: expected 2 (bilinear) or 3 (bicubic), found 0
            {"resample": "bicubic"}             | /resample: expected 2 (bilinear) or 3 (bicubic), found "bicubic"
            {"rescale_factor": 0}               | /rescale_factor: expected a number from 1.0E-9 to 1000.0, found 0
            {"do_resize": "yes"}                | /do_resize: expected true or false, found "yes"
            {"use_square_size": true}           | /use_square_size: expected false, found true
            {"image_processor_type": "ViTImageProcessor", "size": 9} | /resample: missing, and what a ViTImageProcessor does then is not known here
            {"do_normalize": 1}                 | /do_normalize: expected true or false, found 1
            {"do_center_crop": false}           | /do_center_crop: false needs /do_resize true and a /size with height and width
            {"rescale_factor": NaN}             | not valid JSON:1: Non-standard token 'NaN'
            {"size": 1, "size": 2}              | not valid JSON:1: Duplicate field 'size'
            [1]                                 | expected a JSON object
            """)
    void aWrongFieldIsNamedWithItsRange(String json, String reason) throws IOException {
        Path file = directory.resolve("preprocessor_config.json");
        Files.writeString(file, json);

        assertRefused(NumClipException.Kind.DATA, () -> ClipDirectory.preprocessor(directory))
                .hasMessageStartingWith(file + ": " + reason);
    }

    /** Whatever stands in a field, it is read or refused by name. */
    @Test
    void noFieldFailsInAnotherWay() throws IOException {
        List<String> fields = List.of(
                "do_convert_rgb",
                "do_resize",
                "do_center_crop",
                "do_rescale",
                "do_normalize",
                "crop_size",
                "size",
                "resample",
                "rescale_factor",
                "image_mean",
                "image_std");
        List<String> values = List.of(
                "null",
                "\"x\"",
                "[]",
                "{}",
                "[0, 0, 0]",
                "0",
                "-1",
                "2147483648",
                "\"NaN\"",
                "1e9",
                "1e999",
                "[1, 2, null]");
        for (String field : fields) {
            for (String value : values) {
                ObjectNode config = MAPPER.createObjectNode();
                config.set(field, MAPPER.readTree(value));
                try {
                    assertThat(load(config).height()).as(config.toString()).isPositive();
                } catch (NumClipException refusal) {
                    assertThat(refusal.kind()).isEqualTo(NumClipException.Kind.DATA);
                    assertThat(refusal).hasMessageContaining("/" + field);
                }
            }
        }
    }

    /** Otherwise the image tower refuses the pixels, as if that were a bug. */
    @Test
    void imagesComeOutAsTheImageTowerTakesThem() throws IOException {
        Files.writeString(
                directory.resolve("config.json"),
                "{\"model_type\": \"clip\", \"vision_config\": {\"image_size\": 64}}");

        assertThat(load(MAPPER.createObjectNode().put("crop_size", 64)).height())
                .isEqualTo(64);
        assertRefused(
                        NumClipException.Kind.DATA,
                        () -> load(MAPPER.createObjectNode().put("crop_size", 48)))
                .hasMessage(directory.resolve("preprocessor_config.json")
                        + ": images of 48 x 48 pixels come out (/crop_size, or /size); expected 64 x 64,"
                        + " /vision_config/image_size in config.json");
    }

    private ClipPreprocessor load(ObjectNode config) throws IOException {
        MAPPER.writeValue(directory.resolve("preprocessor_config.json").toFile(), config);
        return ClipDirectory.preprocessor(directory);
    }

    private static BufferedImage noise(int type) {
        BufferedImage image = new BufferedImage(37, 29, type);
        SplittableRandom random = new SplittableRandom(3);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, 0xff000000 | random.nextInt(1 << 24));
            }
        }
        return image;
    }
}
