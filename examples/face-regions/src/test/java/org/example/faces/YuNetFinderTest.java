package org.example.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.util.JsonUtils;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.numclip.data.Region;
import io.numclip.data.RgbRows;
import io.numclip.spi.RegionFinder;
import io.numclip.testing.RegionFinderContract;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The boxes are those of OpenCV 5.0.0 for the same files, see tools/golden/yunet.py. */
class YuNetFinderTest extends RegionFinderContract<YuNetFinder.Config> {

    private static final Path FILES = Path.of("src/test/resources/yunet");

    @Override
    protected YuNetFinder.Factory factory() {
        return new YuNetFinder.Factory();
    }

    @Override
    protected YuNetFinder.Config config() {
        return config("free.onnx", 640);
    }

    private static YuNetFinder.Config config(String network, int longestSide) {
        return new YuNetFinder.Config(FILES.resolve(network).toString(), 0.55, 0.3, longestSide);
    }

    @ParameterizedTest
    @CsvSource({"small,free", "padded,free", "wide,free", "tiny,free", "small,fixed", "padded,fixed", "tiny,fixed"})
    void boxesAreThoseOfOpenCv(String picture, String network) throws IOException {
        JsonArray expected = JsonUtils.GSON
                .fromJson(Files.readString(FILES.resolve("boxes.json")), JsonObject.class)
                .getAsJsonObject("boxes")
                .getAsJsonArray(picture + "," + network);
        try (YuNetFinder finder = new YuNetFinder(config(network + ".onnx", 640))) {
            List<YuNetBoxes.Box> boxes = finder.boxes(rows(picture), 1);
            assertThat(boxes).hasSameSizeAs(expected);
            for (int i = 0; i < boxes.size(); i++) {
                YuNetBoxes.Box box = boxes.get(i);
                float[] numbers = {box.left(), box.top(), box.width(), box.height(), box.score()};
                for (int k = 0; k < numbers.length; k++) {
                    assertThat(numbers[k]).isCloseTo(expected.get(i).getAsJsonArray().get(k).getAsFloat(), within(1e-3f));
                }
            }
        }
    }

    @Test
    void aLargePictureIsSeenSmallerAndItsRegionsAreInItsOwnPixels() throws IOException {
        RgbRows small = rows("wide");
        BufferedImage large = new BufferedImage(3 * small.width(), 3 * small.height(), BufferedImage.TYPE_INT_RGB);
        BufferedImage image = small.toImage();
        for (int y = 0; y < large.getHeight(); y++) {
            for (int x = 0; x < large.getWidth(); x++) {
                large.setRGB(x, y, image.getRGB(x / 3, y / 3));
            }
        }
        try (YuNetFinder finder = new YuNetFinder(config("free.onnx", 256))) {
            List<RegionFinder.Found> found = finder.find(RgbRows.of(large));
            List<YuNetBoxes.Box> boxes = finder.boxes(small, 1);
            assertThat(found).hasSameSizeAs(boxes);
            YuNetBoxes.Box first = boxes.get(0);
            Region region = found.get(0).region();
            assertThat((double) region.left()).isCloseTo(Math.max(0, 3 * first.left()), within(1.0));
            assertThat((double) region.left() + region.width())
                    .isCloseTo(Math.min(large.getWidth(), 3 * (first.left() + first.width())), within(1.0));
        }
    }

    @Test
    void aBoxBeyondTheEdgeIsCutThereAndOneBesideThePictureIsNone() {
        List<YuNetBoxes.Box> boxes = List.of(
                new YuNetBoxes.Box(-5, 4, 10, 20, 0.9f), new YuNetBoxes.Box(30, 4, 10, 20, 0.8f));
        assertThat(YuNetBoxes.regions(boxes, 1, 20, 16)).containsExactly(new RegionFinder.Found(new Region(0, 4, 5, 12), 0.9f));
    }

    @Test
    void aFileThatIsNoNetworkIsRefused() {
        assertThatThrownBy(() -> new YuNetFinder(config("none.onnx", 640))).hasMessageContaining("model: there is no file");
        assertThatThrownBy(() -> new YuNetFinder(config("small.png", 640))).hasMessageContaining("is no network");
    }

    private static RgbRows rows(String picture) throws IOException {
        return RgbRows.of(ImageIO.read(FILES.resolve(picture + ".png").toFile()));
    }
}
