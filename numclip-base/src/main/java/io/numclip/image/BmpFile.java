package io.numclip.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * A BMP without compression, with a palette or with 8 bits for each colour. Headers of later versions, which can name profiles
 * in other files, are cut to the first one.
 */
final class BmpFile {

    private static final int FILE_HEADER = 14;
    private static final int HEADER = 40;
    private static final int COMPRESSION = FILE_HEADER + 16;
    private static final Set<Integer> DEPTHS = Set.of(1, 4, 8, 24, 32);

    private final int width;
    private final int height;
    private final byte[] bytes;

    private BmpFile(int width, int height, byte[] bytes) {
        this.width = width;
        this.height = height;
        this.bytes = bytes;
    }

    static boolean isBmp(byte[] bytes) {
        return bytes.length >= 2 && bytes[0] == 'B' && bytes[1] == 'M';
    }

    static BmpFile parse(byte[] bytes) throws IOException {
        if (bytes.length < FILE_HEADER + HEADER) {
            throw new IOException("truncated (no header)");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = in.getInt(FILE_HEADER);
        int depth = in.getShort(FILE_HEADER + 14);
        if (header < HEADER || header > 124 || in.getInt(COMPRESSION) != 0 || !DEPTHS.contains(depth)) {
            String kind = header < HEADER ? "" : ", " + depth + " bits, compression " + in.getInt(COMPRESSION);
            throw new IOException(
                    "a BMP of a kind that is not read (header " + header + kind + "); save the image as PNG");
        }
        int width = in.getInt(FILE_HEADER + 4);
        int height = in.getInt(FILE_HEADER + 8); // negative: from top to bottom
        PixelMemory.checkSize(width, Math.abs((long) height));
        int colors = colors(in, depth);
        long rows = (width * (long) depth + 31) / 32 * 4 * Math.abs(height);
        long start = Integer.toUnsignedLong(in.getInt(10));
        if (start < FILE_HEADER + header + 4L * colors || start + rows > bytes.length) {
            throw new IOException("truncated (pixels up to byte " + (start + rows) + " of " + bytes.length + ")");
        }
        return new BmpFile(width, Math.abs(height), plain(bytes, header, colors, (int) start, (int) rows));
    }

    private static int colors(ByteBuffer in, int depth) throws IOException {
        if (depth > 8) {
            return 0;
        }
        int most = 1 << depth;
        int named = in.getInt(FILE_HEADER + 32);
        if (named < 0 || named > most) {
            throw new IOException("damaged (" + named + " colours of " + depth + " bits)");
        }
        return named == 0 ? most : named;
    }

    /** File header, header of the first version, palette and pixels, without what may be between them. */
    private static byte[] plain(byte[] bytes, int header, int colors, int start, int rows) {
        int palette = FILE_HEADER + HEADER;
        ByteBuffer plain = ByteBuffer.allocate(palette + 4 * colors + rows).order(ByteOrder.LITTLE_ENDIAN);
        plain.put(bytes, 0, palette)
                .put(bytes, FILE_HEADER + header, 4 * colors)
                .put(bytes, start, rows);
        plain.putInt(2, plain.capacity()).putInt(10, palette + 4 * colors);
        plain.putInt(FILE_HEADER, HEADER).putInt(FILE_HEADER + 20, rows).putInt(FILE_HEADER + 32, colors);
        return plain.array();
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The file as a reader of BMPs needs it, and no more. */
    byte[] bytes() {
        return bytes;
    }
}
