package io.numclip.clip.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.Precision;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.ShippedModel;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.golden.GoldenFigures;
import io.numclip.golden.MadeUpWeights;
import io.numclip.image.ImageDecoder;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The image tower that ships without a network. */
class PixelGridTest {

    private static final int SIDE = 64;
    private static final int IMAGE = 3 * SIDE * SIDE;
    private static final int WIDTH = 3 * 16 * 16 + 1;

    @TempDir
    private Path folder;

    private Path directory;
    private ImageTower tower;

    @BeforeEach
    void open() throws IOException {
        directory = ModelSource.parse(ShippedModel.PIXELS).directory();
        tower = ImageTower.load(directory, Device.cpu(), Precision.FP32);
    }

    @AfterEach
    void close() {
        tower.close();
    }

    @Test
    void featuresEqualThoseOfNumPy() throws IOException {
        ClipPreprocessor preprocessor = ClipDirectory.preprocessor(directory);
        for (JsonNode image : GoldenFigures.read("pixels.json").get("images")) {
            float[] pixels = new float[IMAGE];
            Path file = GoldenFigures.FOLDER
                    .resolve("images")
                    .resolve(image.get("file").asText());
            preprocessor.write(ImageDecoder.rows(file), FloatBuffer.wrap(pixels));
            float[] expected = GoldenFigures.floats(image.get("features"));
            assertThat(features(tower, pixels, 1)).containsExactly(expected, GoldenFigures.within(2e-6));
        }
    }

    @Test
    void anImageAloneHasTheBitsThatItHasAmongOthers() {
        float[] pixels = MadeUpWeights.uniform("pixels", 33 * IMAGE);
        float[] together = features(tower, pixels, 33);
        for (int i = 0; i < 33; i++) {
            float[] alone = features(tower, Arrays.copyOfRange(pixels, i * IMAGE, (i + 1) * IMAGE), 1);
            assertThat(alone).isEqualTo(Arrays.copyOfRange(together, i * WIDTH, (i + 1) * WIDTH));
        }
    }

    /** Brought to length 1, grey images would otherwise be the same, or nothing divided by nothing. */
    @Test
    void imagesOfOneGreyStayApartAtLengthOne() {
        float[] features = features(tower, grey(0, 0.5f, 1), 3);
        float[] middle = Arrays.copyOfRange(features, 0, WIDTH);
        float[] light = Arrays.copyOfRange(features, WIDTH, 2 * WIDTH);
        float[] white = Arrays.copyOfRange(features, 2 * WIDTH, 3 * WIDTH);
        assertThat(GoldenFigures.cosine(middle, light)).isCloseTo(1 / Math.sqrt(5), within(1e-6));
        assertThat(GoldenFigures.cosine(middle, white)).isCloseTo(1 / Math.sqrt(17), within(1e-6));
        assertThat(GoldenFigures.cosine(light, white)).isCloseTo(9 / Math.sqrt(5 * 17), within(1e-6));
    }

    private static float[] grey(float... levels) {
        float[] pixels = new float[levels.length * IMAGE];
        for (int i = 0; i < levels.length; i++) {
            Arrays.fill(pixels, i * IMAGE, (i + 1) * IMAGE, levels[i]);
        }
        return pixels;
    }

    @Test
    void itIsAnImageTowerWithoutTextsAndWeights() throws IOException {
        assertThat(tower.config().hasText()).isFalse();
        assertThat(tower.embedDim()).isEqualTo(WIDTH);
        assertThat(tower.memory()).isEqualTo(new TowerMemory(0, 0, IMAGE * Float.BYTES));
        assertThat(ClipFacts.of(directory).family()).isEqualTo("plain pixels, without a network");
        try (ClipBackbone backbone = ClipBackbone.load(directory, Device.cpu(), Precision.BF16)) {
            assertThat(backbone.imageTower().parameters()).isEmpty();
            float[] pixels = MadeUpWeights.uniform("pixels", IMAGE);
            assertThat(features(backbone.imageTower(), pixels, 1)).isEqualTo(features(tower, pixels, 1));
        }
    }

    @Test
    void largerImagesAreAveragedOverAsManySquares() throws IOException {
        float[] small = MadeUpWeights.uniform("pixels", IMAGE);
        float[] large = new float[4 * IMAGE];
        for (int i = 0; i < large.length; i++) {
            int row = i / (2 * SIDE); // of all colours
            large[i] = small[row / 2 * SIDE + i % (2 * SIDE) / 2];
        }
        try (ImageTower other = ImageTower.load(directory, null, 2 * SIDE, Device.cpu(), Precision.FP32)) {
            assertThat(features(other, large, 1))
                    .containsExactly(features(tower, small, 1), GoldenFigures.within(1e-6));
        }
    }

    @Test
    void aSizeThatSquaresDoNotDivideIsRefused() {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ImageTower.load(directory, null, 100, Device.cpu(), Precision.FP32))
                .withMessage("pixels are averaged over 16 x 16 equal squares; images of 100 pixels cannot be divided"
                        + " into them")
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.CONFIGURATION))
                .satisfies(refusal -> assertThat(refusal.fix()).contains("backbone.imageSize", "multiple of 16"));
    }

    @ParameterizedTest
    @CsvSource({"64, 0", "64, 5", "16, 32", "64, 64"})
    void aGridThatDoesNotFitIsRefused(int side, int grid) throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"model_type\": \"numclip_pixels\", \"image_size\": %d, \"grid\": %d}".formatted(side, grid));
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ClipDirectory.config(folder))
                .withMessage("%s /grid: %d, expected a number from 1 to 52 that divides image_size %d"
                        .formatted(folder.resolve("config.json"), grid, side));
    }

    private static float[] features(ImageTower tower, float[] pixels, int images) {
        int side = tower.config().vision().imageSize();
        try (NDManager manager = tower.manager().newSubManager()) {
            NDArray batch = manager.create(pixels, new Shape(images, 3, side, side));
            return tower.encode(batch, false).toFloatArray();
        }
    }
}
