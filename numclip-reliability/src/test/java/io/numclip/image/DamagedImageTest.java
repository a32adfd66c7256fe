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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An image that ends early is refused wherever it ends; one with flipped bits is read or refused, and nothing else. */
class DamagedImageTest {

    private static final int SIDE = 40;
    private static final int FLIPS = 1_000;
    private static final Path FILES = Path.of("../numclip-core/src/test/resources/parity/containers");

    private static Stream<String> formats() {
        return Stream.of(
                "jpg", "png", "gif", "bmp", "p-lossy-alpha.webp", "p-lossless-alpha.webp", "m-tiles.tif", "p-jpeg.tif");
    }

    @ParameterizedTest
    @MethodSource("formats")
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
    @MethodSource("formats")
    void anImageWithFlippedBitsIsReadOrRefused(String format) throws IOException {
        int refused = refused(image(format), DamagedImageTest::pixels);
        assertThat(refused).isPositive();
        Campaign.figure("G13", format + " images with a flipped bit, of 1000 refused", refused);
    }

    /** 10,000 changes of all pixels of 16384 x 3000 are claimed by 4 kB, and would take hours. */
    @Test
    @Timeout(60)
    void aWebpThatHasAllPixelsChangedAgainAndAgainIsRefused() {
        byte[] webp = new byte[4_000]; // of bits: 1, a change; 2, of the kind without data
        ByteBuffer out = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(webp.length - 8);
        out.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(webp.length - 20);
        out.put((byte) 0x2f).putInt(16_383 | 2_999 << 14);
        BitSet bits = new BitSet();
        for (int change = 0; change < 10_000; change++) {
            bits.set(3 * change);
            bits.set(3 * change + 2);
        }
        for (int code = 0; code < 5; code++) {
            bits.set(30_003 + 4 * code); // after the end, no cache and one group: a code of one symbol, 0
        }
        byte[] changes = bits.toByteArray();
        System.arraycopy(changes, 0, webp, 25, changes.length);
        assertThatThrownBy(() -> pixels(webp)).isInstanceOf(IOException.class).hasMessageContaining("again and again");
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
        if (format.contains(".")) {
            return Files.readAllBytes(FILES.resolve(format));
        }
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
