package io.numclip.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.RgbRows;
import io.numclip.reliability.Campaign;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image that ends early is refused wherever it ends; one with flipped bits is read or refused, and nothing else. */
class DamagedImageTest {

    private static final int SIDE = 40;
    private static final int FLIPS = 1_000;

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
    void anImageThatEndsEarlyIsRefused(String format) throws IOException {
        byte[] whole = image(format);
        assertThat(pixels(whole)).isNotEmpty();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> pixels(cut))
                    .as("%s of %s bytes", length, whole.length)
                    .isInstanceOf(IOException.class);
        }
        Campaign.figure("G13", format + " images that end early, all refused", whole.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
    void anImageWithFlippedBitsIsReadOrRefused(String format) throws IOException {
        int refused = refused(image(format), DamagedImageTest::pixels);
        assertThat(refused).isPositive();
        Campaign.figure("G13", format + " images with a flipped bit, of 1000 refused", refused);
    }

    /** The check would see a decoder that fails in another way: a planted one. */
    @Test
    void aDecoderThatFailsInAnotherWayIsNoticed() throws IOException {
        byte[] whole = image("jpg");
        assertThatThrownBy(() -> refused(whole, bytes -> {
                    if (bytes[SIDE] != whole[SIDE]) {
                        throw new ArrayIndexOutOfBoundsException(bytes[SIDE]);
                    }
                    pixels(bytes);
                }))
                .isInstanceOf(ArrayIndexOutOfBoundsException.class);
    }

    private interface Decoder {
        void read(byte[] bytes) throws IOException;
    }

    private static int refused(byte[] whole, Decoder decoder) {
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = whole.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                decoder.read(flipped);
            } catch (IOException said) {
                assertThat(said).hasMessageContaining("image: ");
                refused++;
            }
        }
        return refused;
    }

    private static int[] pixels(byte[] bytes) throws IOException {
        RgbRows rows = ImageDecoder.rows(bytes, "image");
        int[] red = new int[rows.width()];
        for (int y = 0; y < rows.height(); y++) {
            rows.read(0, y, rows.width(), red, new int[rows.width()], new int[rows.width()]);
        }
        return red;
    }

    private static byte[] image(String format) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, SIDE, SIDE, Color.BLUE));
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }
}
