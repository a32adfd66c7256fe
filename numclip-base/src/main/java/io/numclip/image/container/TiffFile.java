package io.numclip.image.container;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.ImageReader;

/** The first image of a TIFF, of a usual kind. */
public final class TiffFile {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int COLOR = 262;
    private static final int FILL_ORDER = 266;
    private static final int STRIP_OFFSETS = 273;
    private static final int ORIENTATION = 274;
    private static final int SAMPLES = 277;
    private static final int STRIP_ROWS = 278;
    private static final int STRIP_LENGTHS = 279;
    private static final int PLANES = 284;
    private static final int PREDICTOR = 317;
    private static final int PALETTE = 320;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int EXTRA = 338;
    private static final int FORMAT = 339;
    private static final int JPEG_TABLES = 347;

    private static final int JPEG = 7;
    private static final List<Integer> COMPRESSIONS = List.of(1, 5, JPEG, 8, 32946, 32773); // plain, LZW, deflate, runs
    private static final int INKS = 5;
    private static final int YCBCR = 6;
    private static final Map<Integer, Integer> COLORS =
            Map.of(0, 1, 1, 1, 2, 3, 3, 1, INKS, 4, YCBCR, 3); // samples of a pixel

    /** Of a JPEG that says, in its last byte, whether its colours are luminance and differences. */
    private static final byte[] START = {
        (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };

    private final byte[] bytes;
    private final TiffDirectory tags;
    private final int width;
    private final int height;
    private final int bits;
    private final int samples;
    private final int color;
    private final int compression;
    private final int extra;
    private final boolean planes;
    private final boolean tiled;
    private final int partWidth;
    private final int partHeight;

    private TiffFile(byte[] bytes) throws IOException {
        this.bytes = bytes;
        this.tags = TiffDirectory.read(bytes);
        this.width = number(WIDTH, 0);
        this.height = number(HEIGHT, 0);
        this.samples = number(SAMPLES, 1);
        this.bits = number(BITS, 1);
        this.color = number(COLOR, -1);
        this.compression = number(COMPRESSION, 1);
        this.planes = number(PLANES, 1) == 2;
        this.tiled = tags.has(TILE_WIDTH);
        this.extra = samples > COLORS.getOrDefault(color, samples) ? number(EXTRA, 0) : -1;
        this.partWidth = tiled ? number(TILE_WIDTH, 0) : width;
        this.partHeight = tiled ? number(TILE_HEIGHT, 0) : Math.min(number(STRIP_ROWS, height), height);
    }

    private int number(int tag, int otherwise) throws IOException {
        return (int) Math.min(tags.value(tag, otherwise), Integer.MAX_VALUE);
    }

    public static boolean isTiff(byte[] bytes) {
        return bytes.length >= 4
                && (Arrays.equals(bytes, 0, 4, new byte[] {'I', 'I', 42, 0}, 0, 4)
                        || Arrays.equals(bytes, 0, 4, new byte[] {'M', 'M', 0, 42}, 0, 4));
    }

    /** The size is what the file says, and is not checked. */
    public static TiffFile parse(byte[] bytes) throws IOException {
        TiffFile file = new TiffFile(bytes);
        if (!file.isUsual()) {
            throw new IOException("a TIFF of a kind that is not read (compression " + file.compression + ", "
                    + file.samples + " x " + file.bits + " bits, colours " + file.color + "); save the image as PNG");
        }
        return file;
    }

    private boolean isUsual() throws IOException {
        int extras = samples - COLORS.getOrDefault(color, samples + 1);
        boolean narrow = bits < 8 && samples == 1;
        return COMPRESSIONS.contains(compression)
                && (extras == 0 || (extras == 1 && color != 3 && color < INKS && !(extra == 1 && color < 2)))
                && (narrow || bits == 8 || (bits == 16 && color != 3))
                && Integer.bitCount(bits) == 1
                && all(BITS, bits)
                && all(FORMAT, 1)
                && number(FILL_ORDER, 1) == 1
                && (number(PREDICTOR, 1) == 1 || (number(PREDICTOR, 1) == 2 && !narrow))
                && (color != YCBCR || isJpeg())
                && (!isJpeg() || (bits == 8 && extras == 0 && !planes && color != INKS && color != 3));
    }

    private boolean all(int tag, int expected) throws IOException {
        long[] found = tags.has(tag) ? tags.values(tag, tags.count(tag, samples)) : new long[0];
        return Arrays.stream(found).allMatch(each -> each == expected);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** As in EXIF. */
    public int orientation() throws IOException {
        return number(ORIENTATION, 1);
    }

    public int bytesPerPixel() {
        return samples * (bits > 8 ? 3 : 2);
    }

    public boolean isJpeg() {
        return compression == JPEG;
    }

    /** Whether cyan, magenta, yellow and black are stored. */
    public boolean isInk() {
        return color == INKS;
    }

    public boolean isWideGray() {
        return bits == 16 && color < 2;
    }

    /** How many of the samples of a pixel mean something. */
    public int bands() {
        return extra == 0 ? samples - 1 : samples;
    }

    /** Whether colours are stored multiplied by alpha. */
    public boolean isMultiplied() {
        return extra == 1;
    }

    /** The samples, and of a palette its indices, from the decoder. */
    public BufferedImage decode(List<String> warnings) throws IOException {
        ImageReader reader = new TIFFImageReaderSpi().createReaderInstance(null);
        try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(plain())) {
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            reader.setInput(in);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /** Where the strips or tiles are in the image, which they may exceed. */
    public List<Rectangle> parts() throws IOException {
        int across = (width + partWidth - 1) / partWidth;
        return IntStream.range(0, places()[0].length)
                .mapToObj(i -> new Rectangle(i % across * partWidth, i / across * partHeight, partWidth, partHeight))
                .toList();
    }

    /** A JPEG of its own for each of the {@link #parts}. */
    public List<byte[]> jpegs() throws IOException {
        long[][] places = places();
        int tables = tags.count(JPEG_TABLES, bytes.length);
        long[] shared = tables < 4 ? new long[0] : Arrays.copyOfRange(tags.values(JPEG_TABLES, tables), 2, tables - 2);
        List<byte[]> jpegs = new ArrayList<>();
        for (int i = 0; i < places[0].length; i++) {
            int length = Math.max((int) places[1][i] - 2, 0);
            ByteBuffer jpeg = ByteBuffer.allocate(START.length + shared.length + length);
            jpeg.put(START).put(START.length - 1, (byte) (color == YCBCR ? 1 : 0));
            for (long each : shared) {
                jpeg.put((byte) each);
            }
            jpegs.add(jpeg.put(bytes, (int) places[0][i] + 2, length).array());
        }
        return jpegs;
    }

    /** Where the strips or tiles are, and how long. */
    private long[][] places() throws IOException {
        long across = (width + (long) partWidth - 1) / Math.max(partWidth, 1);
        long down = (height + (long) partHeight - 1) / Math.max(partHeight, 1);
        boolean fits = !tiled
                || (partWidth % 16 == 0
                        && partHeight % 16 == 0
                        && across * partWidth * (down * partHeight) <= 4L * width * height + (1 << 20));
        if (partWidth < 1 || partHeight < 1 || !fits) {
            throw new IOException("damaged (parts of " + partWidth + " x " + partHeight + ")");
        }
        int number = (int) (across * down * (planes ? samples : 1));
        long[] starts = tags.values(tiled ? TILE_OFFSETS : STRIP_OFFSETS, number);
        long[] lengths = tags.values(tiled ? TILE_LENGTHS : STRIP_LENGTHS, number);
        long row = (partWidth * (long) bits * (planes ? 1 : samples) + 7) / 8;
        long all = 0;
        for (int i = 0; i < number; i++) {
            long rows = Math.min(partHeight, height - i / across % down * partHeight);
            long least = compression == 1 ? row * rows : 1;
            all += lengths[i];
            if (lengths[i] < least || starts[i] + lengths[i] > bytes.length || all > bytes.length) {
                throw new IOException("truncated (part " + (i + 1) + " of " + number + ")");
            }
        }
        return new long[][] {starts, lengths};
    }

    /** The file with a directory of what its samples depend on, and no more; inks are called colours, which are not converted. */
    private byte[] plain() throws IOException {
        long[][] places = places();
        TreeMap<Integer, long[]> kept = new TreeMap<>();
        for (int tag : List.of(WIDTH, HEIGHT, COMPRESSION, SAMPLES, PLANES, PREDICTOR)) {
            kept.put(tag, new long[] {tags.value(tag, 1)});
        }
        long[] depths = new long[samples];
        Arrays.fill(depths, bits);
        kept.put(BITS, depths);
        kept.put(COLOR, new long[] {isInk() ? 2 : color});
        kept.put(tiled ? TILE_WIDTH : STRIP_ROWS, new long[] {tiled ? partWidth : partHeight});
        kept.put(tiled ? TILE_OFFSETS : STRIP_OFFSETS, places[0]);
        kept.put(tiled ? TILE_LENGTHS : STRIP_LENGTHS, places[1]);
        if (tiled) {
            kept.put(TILE_HEIGHT, new long[] {partHeight});
        }
        if (color == 3) {
            kept.put(PALETTE, tags.values(PALETTE, 3 << bits));
        }
        if (isInk() || extra >= 0) {
            kept.put(EXTRA, new long[] {extra == 0 ? 0 : 2});
        }
        return TiffDirectory.append(bytes, kept);
    }
}
