package io.numclip.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.storage.Limit;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

    private static final Path PARITY = Path.of("../numclip-core/src/test/resources/parity");
    private static final Path IMAGES = PARITY.resolve("images");

    @TempDir
    Path directory;

    static Stream<Arguments> parity() throws IOException {
        JsonNode cases =
                new ObjectMapper().readTree(PARITY.resolve("decoder.json").toFile());
        return StreamSupport.stream(cases.spliterator(), false)
                .map(image -> Arguments.of(image.get("file").asText(), image));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parity")
    void pixelsEqualPillows(String file, JsonNode expected) throws IOException {
        BufferedImage image = ImageDecoder.decode(IMAGES.resolve(file));

        assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
        assertThat(image.getWidth()).isEqualTo(expected.get("width").asInt());
        assertThat(image.getHeight()).isEqualTo(expected.get("height").asInt());
        assertThat(HexFormat.of().formatHex(rgb(image)))
                .isEqualTo(expected.get("rgb").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.jpg", "cmyk.jpg", "rgb.png", "palette.gif", "rgb.bmp"})
    void aDecoderThatSomebodyElseRegistersIsNeverMade(String file) throws IOException {
        byte[] expected = rgb(ImageDecoder.decode(IMAGES.resolve(file)));
        IIORegistry registry = IIORegistry.getDefaultInstance();
        StrangeDecoder stranger = new StrangeDecoder();
        registry.registerServiceProvider(stranger, ImageReaderSpi.class);
        try {
            for (Iterator<ImageReaderSpi> all = registry.getServiceProviders(ImageReaderSpi.class, false);
                    all.hasNext(); ) {
                ImageReaderSpi other = all.next();
                if (other != stranger) {
                    registry.setOrdering(ImageReaderSpi.class, stranger, other);
                }
            }
            assertThat(rgb(ImageDecoder.decode(IMAGES.resolve(file)))).isEqualTo(expected);
            assertThat(stranger.asked).isFalse();
        } finally {
            registry.deregisterServiceProvider(stranger, ImageReaderSpi.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.jpg", "progressive.jpg", "cmyk.jpg", "rgb.png", "palette-4bit.png"})
    void aFileCutAnywhereIsRefused(String file) throws IOException {
        byte[] whole = Files.readAllBytes(IMAGES.resolve(file));
        for (int length = 3; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ImageDecoder.decode(cut, "cut"))
                    .as(file + " cut to " + length)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cut: ");
        }
    }

    @Test
    void aJpegThatEndsEarlyButHasItsEndMarkerIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(IMAGES.resolve("plain.jpg"));
        byte[] cut = Arrays.copyOf(whole, whole.length - 60);
        cut[cut.length - 2] = (byte) 0xff;
        cut[cut.length - 1] = (byte) 0xd9;

        assertThatThrownBy(() -> ImageDecoder.decode(cut, "cut"))
                .hasMessageStartingWith("cut: truncated (decoder: ")
                .hasMessageContaining("remature end");
    }

    @Test
    void flippedBitsGiveAnImageOrAnIoException() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        int refused = 0;
        for (String file :
                new String[] {"plain.jpg", "progressive.jpg", "ycck.jpg", "orientation-6.jpg", "palette.png"}) {
            byte[] whole = Files.readAllBytes(IMAGES.resolve(file));
            for (int trial = 0; trial < 200; trial++) {
                byte[] flipped = whole.clone();
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                try {
                    assertThat(ImageDecoder.decode(flipped, file).getWidth()).isPositive();
                } catch (IOException e) {
                    assertThat(e).hasMessageStartingWith(file);
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(200);
    }

    /** The header of version 2 has nothing at these places. */
    @Test
    void aRefusedBmpIsDescribedByWhatItsHeaderHas() {
        ByteBuffer bmp = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put(new byte[] {'B', 'M'}).putInt(14, 12).putShort(28, (short) 77).putInt(30, 99);
        assertRefused(bmp.array(), "a BMP of a kind that is not read (header 12); save the image as PNG");
        bmp.putInt(14, 40);
        assertRefused(
                bmp.array(),
                "a BMP of a kind that is not read (header 40, 77 bits, compression 99); save the image as PNG");
    }

    @Test
    void otherFormatsAreRefusedByTheirFirstBytes() {
        assertRefused(
                "P6 21 14 255 ...".getBytes(StandardCharsets.US_ASCII),
                "not JPEG, PNG, GIF, BMP, WebP or TIFF (first bytes 'P6 21 14')");
        assertRefused(
                "0000ftypheic".getBytes(StandardCharsets.US_ASCII),
                "HEIC is not read; convert the image: heif-convert IMAGE.heic IMAGE.png (libheif), or on a Mac sips -s format"
                        + " png IMAGE.heic --out IMAGE.png");
        assertRefused(
                "0000ftypavif".getBytes(StandardCharsets.US_ASCII),
                "AVIF is not read; convert the image: heif-convert IMAGE.avif IMAGE.png (libheif), or on a Mac sips -s format"
                        + " png IMAGE.avif --out IMAGE.png");
        assertRefused(new byte[] {'I', 'I', 43, 0}, "BigTIFF is not read; save the image as PNG or TIFF");
        assertRefused(
                "<svg xmlns".getBytes(StandardCharsets.US_ASCII),
                "not JPEG, PNG, GIF, BMP, WebP or TIFF (first bytes '<svg xml')");
        assertRefused(new byte[] {0}, "not JPEG, PNG, GIF, BMP, WebP or TIFF (first bytes 00)");
        assertRefused(new byte[0], "an empty file");
    }

    @Test
    void sizesAreCheckedBeforeDecoding() {
        assertRefused(
                pngHeader(20_000, 20_000, 8, 2),
                "20000 x 20000 = 400,000,000 pixels, the limit image.pixels is 50,000,000");
        assertRefused(pngHeader(30_001, 1, 8, 2), "30001 x 1 pixels, the limit image.side is 30,000");
        assertRefused(pngHeader(-1, 1, 8, 2), "4294967295 x 1 pixels, the limit image.side is 30,000");
        assertRefused(pngHeader(0, 5, 8, 2), "an image without pixels (0 x 5)");
        assertRefused(
                new byte[Limit.IMAGE_BYTES.intValue() + 1], "too many bytes, the limit image.bytes is 33,554,432");
        byte[] jpeg = HexFormat.of().parseHex("ffd8ffc0001108ea60ea6003012200021101031101ffd9");
        assertRefused(jpeg, "60000 x 60000 pixels, the limit image.side is 30,000");
        byte[] webp = HexFormat.of().parseHex("5249464616000000574542505650384c0a0000002fffffff0f0000000000");
        assertRefused(webp, "16384 x 16384 = 268,435,456 pixels, the limit image.pixels is 50,000,000");
        String tags = "0001040001000000204e0000" + "0101040001000000204e0000" + "020103000100000008000000"
                + "060103000100000001000000";
        byte[] tiff = HexFormat.of().parseHex("49492a0008000000" + "0400" + tags + "00000000");
        assertRefused(tiff, "20000 x 20000 = 400,000,000 pixels, the limit image.pixels is 50,000,000");
        tiff[18] = 5;
        tiff[19] = 0;
        tiff[30] = 5;
        tiff[31] = 0;
        assertRefused(tiff, "damaged (not 1 whole numbers for tag 273)");
    }

    @Test
    void pixelsThatDoNotFitIntoMemoryAreRefusedBeforeAnythingIsDecoded() {
        int width = 30_000;
        int height = (int) (Runtime.getRuntime().maxMemory() / width);
        assertThatThrownBy(() -> PixelMemory.with(width, height, 3, () -> fail("must not be decoded")))
                .isInstanceOf(TooLittleMemoryException.class)
                .hasMessageContaining("30000 x " + height + " pixels need ")
                .hasMessageContaining("-Xmx");
    }

    @Test
    void lackOfMemoryInDecodingIsToldLikeThatOfASize() {
        assertThatThrownBy(() -> PixelMemory.with(20, 10, 3, () -> {
                    throw new OutOfMemoryError("made by hand");
                }))
                .isInstanceOf(TooLittleMemoryException.class)
                .hasMessageStartingWith("20 x 10 pixels need 0 MB of memory");
    }

    @Test
    void theMemoryOfAPngIsKnownFromItsHeader() throws IOException {
        assertThat(PngFile.parse(Files.readAllBytes(IMAGES.resolve("rgb.png"))).bytesPerPixel())
                .isEqualTo(3);
        assertThat(PngFile.parse(Files.readAllBytes(IMAGES.resolve("palette.png")))
                        .bytesPerPixel())
                .isEqualTo(1);
    }

    @Test
    void kindsWithoutAnAgreedMeaningAreRefused() {
        byte[] lossless = HexFormat.of().parseHex("ffd8ffc3001108000500050301220002110103110100ffd9");
        assertRefused(lossless, "unsupported JPEG (frame c3, 8 bits); save it as an 8-bit baseline or progressive one");
        byte[] twoComponents = HexFormat.of().parseHex("ffd8ffc0000e080005000502012200021101ffd9");
        assertRefused(twoComponents, "a JPEG with 2 components; expected 1, 3 or 4");
    }

    @Test
    void aWrongChecksumIsRefused() throws IOException {
        byte[] png = Files.readAllBytes(IMAGES.resolve("rgb.png"));
        png[60] ^= 1;
        assertRefused(png, "damaged (wrong checksum of chunk IDAT)");
    }

    @Test
    void whatIsNoFileIsRefusedByName() {
        Path missing = directory.resolve("missing.png");
        assertThatThrownBy(() -> ImageDecoder.decode(missing)).hasMessage(missing + ": no such file");
        assertThatThrownBy(() -> ImageDecoder.decode(directory)).hasMessage(directory + ": not a regular file");
    }

    @Test
    void aFileWithoutPermissionSaysSo() throws IOException {
        Path secret = Files.createFile(
                directory.resolve("secret.png"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
        assumeFalse(Files.isReadable(secret), "the administrator may read everything");
        assertThatThrownBy(() -> ImageDecoder.decode(secret)).hasMessage(secret + ": no permission to read it");
    }

    private static void assertRefused(byte[] bytes, String reason) {
        assertThatThrownBy(() -> ImageDecoder.decode(bytes, "x.jpg"))
                .isInstanceOf(IOException.class)
                .hasMessage("x.jpg: " + reason);
    }

    private static byte[] pngHeader(int width, int height, int depth, int color) {
        ByteBuffer png = ByteBuffer.allocate(57).put(HexFormat.of().parseHex("89504e470d0a1a0a"));
        png.putInt(13)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height);
        png.put((byte) depth).put((byte) color).put(new byte[3]);
        CRC32 sum = new CRC32();
        sum.update(png.array(), 12, 17);
        return png.putInt((int) sum.getValue()).array();
    }

    static byte[] rgb(BufferedImage image) {
        ByteBuffer bytes = ByteBuffer.allocate(3 * image.getWidth() * image.getHeight());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int pixel = image.getRGB(x, y);
                bytes.put((byte) (pixel >> 16)).put((byte) (pixel >> 8)).put((byte) pixel);
            }
        }
        return bytes.array();
    }
}
