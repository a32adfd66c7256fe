package io.numclip.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.RgbRows;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image of 50 x 70 random pixels: more rows than are turned at a time. */
class RgbRowsTest {

    private static final int WIDTH = 50;
    private static final int HEIGHT = 70;

    private final BufferedImage stored = noise();

    /** Where the upright image's first pixel, its neighbour to the right and the one below lie in the stored image. */
    @ParameterizedTest(name = "EXIF orientation {0}")
    @CsvSource({
        "1,  0,  0,  1,  0,  0,  1",
        "2, 49,  0, 48,  0, 49,  1",
        "3, 49, 69, 48, 69, 49, 68",
        "4,  0, 69,  1, 69,  0, 68",
        "5,  0,  0,  0,  1,  1,  0",
        "6,  0, 69,  0, 68,  1, 69",
        "7, 49, 69, 49, 68, 48, 69",
        "8, 49,  0, 49,  1, 48,  0"
    })
    void anOrientationTurnsEveryPixel(int orientation, int x, int y, int rightX, int rightY, int belowX, int belowY) {
        BufferedImage upright =
                new ExifOrientation(orientation).upright(RgbRows.of(stored)).toImage();
        assertThat(upright.getWidth()).isEqualTo(orientation < 5 ? WIDTH : HEIGHT);
        assertThat(upright.getHeight()).isEqualTo(orientation < 5 ? HEIGHT : WIDTH);
        for (int row = 0; row < upright.getHeight(); row++) {
            for (int column = 0; column < upright.getWidth(); column++) {
                int expected = stored.getRGB(
                        x + column * (rightX - x) + row * (belowX - x), y + column * (rightY - y) + row * (belowY - y));
                assertThat(upright.getRGB(column, row)).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest(name = "EXIF orientation {0}")
    @CsvSource({"1", "3", "6", "7"})
    void aPieceOfARowIsThatPieceOfTheImage(int orientation) {
        RgbRows rows = new ExifOrientation(orientation).upright(RgbRows.of(stored));
        BufferedImage image = rows.toImage();
        int[][] colors = new int[3][9];
        for (int y = image.getHeight() - 1; y >= 0; y -= 5) {
            rows.read(7, y, 9, colors[0], colors[1], colors[2]);
            for (int i = 0; i < 9; i++) {
                int rgb = colors[0][i] << 16 | colors[1][i] << 8 | colors[2][i];
                assertThat(rgb).isEqualTo(image.getRGB(7 + i, y) & 0xffffff);
            }
        }
    }

    @Test
    void anImageGivesItselfBack() {
        BufferedImage image = RgbRows.of(stored).toImage();
        assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
        assertThat(image.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH))
                .isEqualTo(stored.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH));
    }

    private static BufferedImage noise() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        SplittableRandom random = new SplittableRandom(5);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        return image;
    }
}
