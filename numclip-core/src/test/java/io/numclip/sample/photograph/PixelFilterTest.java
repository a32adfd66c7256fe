package io.numclip.sample.photograph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.data.Split;
import io.numclip.sample.SampleKey;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class PixelFilterTest {

    private static final int SIDE = 16;

    private final PixelImage image = halves();

    @Test
    void imageComesBackUnchanged() {
        BufferedImage before = image.toBufferedImage();
        BufferedImage after = PixelImage.of(before).toBufferedImage();
        assertThat(after.getRGB(0, 0)).isEqualTo(before.getRGB(0, 0));
        assertThat(after.getRGB(SIDE - 1, 0)).isEqualTo(before.getRGB(SIDE - 1, 0));
    }

    @Test
    void cropOfAllKeepsThePicture() {
        PixelImage cut = new Crop(SIDE / 2.0, SIDE / 2.0, SIDE, 0, false).of(image, SIDE);
        assertThat(cut.get(2, 2, 0)).isEqualTo(1, within(1e-6f));
        assertThat(cut.get(SIDE - 3, 2, 0)).isZero();
    }

    @Test
    void mirroredCropSwapsLeftAndRight() {
        PixelImage cut = new Crop(SIDE / 2.0, SIDE / 2.0, SIDE, 0, true).of(image, SIDE);
        assertThat(cut.get(2, 2, 0)).isZero();
        assertThat(cut.get(SIDE - 3, 2, 0)).isEqualTo(1, within(1e-6f));
    }

    @Test
    void turnedCropHasBlackCorners() {
        PixelImage white = new PixelImage(SIDE, SIDE);
        new Tone(0, 1).applyTo(white);
        PixelImage cut = new Crop(SIDE / 2.0, SIDE / 2.0, SIDE, 30, false).of(white, SIDE);
        assertThat(cut.get(0, 0, 0)).isZero();
        assertThat(cut.get(SIDE / 2, SIDE / 2, 0)).isEqualTo(1, within(1e-6f));
    }

    @Test
    void blurSoftensTheEdgeAndKeepsTheBrightness() {
        new Blur(1.5).applyTo(image);
        assertThat(image.get(SIDE / 2, 5, 0)).isBetween(0.3f, 0.5f);
        assertThat(mean(image)).isEqualTo(0.5, within(1e-4));
    }

    @Test
    void noSaturationGivesGreys() {
        new Saturation(0).applyTo(image);
        assertThat(image.get(0, 0, 0)).isEqualTo(0.299f, within(1e-6f));
        assertThat(image.get(0, 0, 2)).isEqualTo(0.299f, within(1e-6f));
    }

    @Test
    void vignetteDarkensCornersOnly() {
        new Vignette(1).applyTo(image);
        assertThat(image.get(0, 0, 0)).isLessThan(0.2f);
        assertThat(image.get(SIDE / 2 - 1, SIDE / 2, 0)).isGreaterThan(0.98f);
    }

    @Test
    void grainFollowsItsKey() {
        PixelImage other = halves();
        new Grain(0.5, 2, false, new SampleKey("test-1", Split.TRAIN, 0, 1).random("grain")).applyTo(image);
        new Grain(0.5, 2, false, new SampleKey("test-1", Split.TRAIN, 0, 1).random("grain")).applyTo(other);
        assertThat(image.get(3, 3, 1)).isEqualTo(other.get(3, 3, 1)).isNotZero().isEqualTo(image.get(2, 2, 1));
    }

    private static double mean(PixelImage image) {
        double sum = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                sum += image.get(x, y, 0);
            }
        }
        return sum / (SIDE * SIDE);
    }

    /** Left half red, right half black. */
    private static PixelImage halves() {
        PixelImage image = new PixelImage(SIDE, SIDE);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE / 2; x++) {
                image.set(x, y, 0, 1);
            }
        }
        return image;
    }
}
