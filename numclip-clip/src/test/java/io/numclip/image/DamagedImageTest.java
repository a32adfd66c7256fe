package io.numclip.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.RgbRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedImageTest {

    private static final Path IMAGES = Path.of("../numclip-core/src/test/resources/parity/images");
    private static final byte[] SCAN = {(byte) 0xff, (byte) 0xda};

    @ParameterizedTest
    @ValueSource(strings = {"plain.jpg", "progressive.jpg", "restarts.jpg", "full-color.jpg", "gray.jpg", "cmyk.jpg"})
    void whatTheDecoderSaysOfDamageIsKept(String file) throws IOException {
        byte[] whole = bytes(file);
        SplittableRandom random = new SplittableRandom(11);
        int marked = 0;
        for (int trial = 0; trial < 150; trial++) {
            byte[] damaged = damaged(whole, random);
            List<String> said = said(damaged);
            try {
                RgbRows rows = ImageDecoder.rows(damaged, "damaged");
                assertThat(rows.damage().map(List::of).orElse(List.of())).isEqualTo(said);
                marked += rows.damage().isPresent() ? 1 : 0;
            } catch (IOException refused) {
                assertThat(refused).hasMessageStartingWith("damaged: ");
            }
        }
        assertThat(marked).isPositive();
    }

    @Test
    void everyKindOfWarningIsSeen() throws IOException {
        assertThat(damage(replaced("restarts.jpg", 0xd0, 0xd3))).contains("found marker 0xd3 instead of RST0");
        byte[] plain = bytes("plain.jpg");
        assertThat(damage(inserted(plain, plain.length - 2, new byte[9])))
                .contains("extraneous bytes before marker 0xd9");
    }

    /** The decoder would warn of them, and then, as it warns only once, of nothing else. */
    @Test
    void fieldsOfAScanThatNobodyReadsHideNoDamage() throws IOException {
        byte[] odd = bytes("plain.jpg");
        int header = indexOf(odd, SCAN);
        Arrays.fill(odd, header + 11, header + 14, (byte) 0);
        assertThat(said(odd)).containsExactly("Invalid SOS parameters for sequential JPEG");
        assertThat(damage(odd)).isEmpty();
        assertThat(ImageDecoder.decode(odd, "odd").getRGB(3, 4))
                .isEqualTo(ImageDecoder.decode(IMAGES.resolve("plain.jpg")).getRGB(3, 4));
        assertThat(damage(inserted(odd, odd.length - 2, new byte[9]))).contains("extraneous");
    }

    @Test
    void soundImagesAreNotMarked() throws IOException {
        try (Stream<Path> all = Files.list(IMAGES)) {
            for (Path each : all.toList()) {
                assertThat(ImageDecoder.rows(each).damage()).as(each.toString()).isEmpty();
            }
        }
    }

    @Test
    void theMarkOutlastsAnOrientation() throws IOException {
        byte[] turned = bytes("orientation-6.jpg");
        byte[] damaged = inserted(turned, turned.length - 2, new byte[9]);
        assertThat(damage(damaged)).contains("extraneous");
        assertThat(ImageDecoder.rows(damaged, "turned").toImage().getWidth())
                .isEqualTo(ImageDecoder.rows(turned, "turned").width());
    }

    @Test
    void aGifWhoseDataEndsEarlyIsRefused() throws IOException {
        byte[] whole = bytes("palette.gif");
        TreeMap<Integer, Integer> blocks = blocks(whole);
        int first = blocks.firstKey();
        byte[] lost = without(whole, first + 1, blocks.get(first) / 2);
        lost[first] = (byte) (blocks.get(first) - blocks.get(first) / 2);
        assertThatThrownBy(() -> ImageDecoder.rows(lost, "lost")).hasMessageStartingWith("lost: truncated ");

        int last = blocks.lastKey();
        byte[] cut = without(whole, last, blocks.get(last) + 1);
        assertThatThrownBy(() -> ImageDecoder.rows(cut, "cut"))
                .hasMessageMatching("cut: truncated \\(no data of row \\d+\\)");
    }

    /** Of one of the kinds that disks, cables and programs make. */
    private static byte[] damaged(byte[] whole, SplittableRandom random) {
        byte[] damaged = whole.clone();
        int start = indexOf(whole, SCAN) + 14;
        int place = random.nextInt(start, whole.length - 32);
        switch (random.nextInt(4)) {
            case 0 -> Arrays.fill(damaged, place, place + 30, (byte) 0);
            case 1 -> damaged = without(whole, place, 17);
            case 2 -> damaged[place] ^= (byte) 0xff;
            default -> damaged[place] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }

    /** By the decoder alone, of the whole file. */
    private static List<String> said(byte[] jpeg) {
        List<String> said = new ArrayList<>();
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        reader.addIIOReadWarningListener((source, warning) -> said.add(warning));
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new java.io.ByteArrayInputStream(jpeg))) {
            reader.setInput(in, true, true);
            reader.readRaster(0, null);
        } catch (IOException e) {
            said.add(e.toString());
        }
        return said;
    }

    private static String damage(byte[] image) throws IOException {
        return ImageDecoder.rows(image, "image").damage().orElse("");
    }

    private static byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(IMAGES.resolve(file));
    }

    private static byte[] replaced(String file, int marker, int by) throws IOException {
        byte[] bytes = bytes(file);
        bytes[indexOf(bytes, new byte[] {(byte) 0xff, (byte) marker}) + 1] = (byte) by;
        return bytes;
    }

    private static byte[] inserted(byte[] bytes, int place, byte[] more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, place);
        out.writeBytes(more);
        out.write(bytes, place, bytes.length - place);
        return out.toByteArray();
    }

    private static byte[] without(byte[] bytes, int place, int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, place);
        out.write(bytes, place + count, bytes.length - place - count);
        return out.toByteArray();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i < bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no such bytes");
    }

    /** The blocks of codes of a GIF with a palette for all: their sizes by their places. */
    private static TreeMap<Integer, Integer> blocks(byte[] gif) {
        TreeMap<Integer, Integer> blocks = new TreeMap<>();
        int position = 13 + (3 << ((gif[10] & 7) + 1));
        while (gif[position] == 0x21) {
            position += 2;
            for (; gif[position] != 0; position += (gif[position] & 0xff) + 1) {}
            position++;
        }
        position += 11;
        for (; gif[position] != 0; position += (gif[position] & 0xff) + 1) {
            blocks.put(position, gif[position] & 0xff);
        }
        return blocks;
    }
}
