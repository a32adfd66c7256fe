package io.numclip.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A JPEG whose markers have been checked: it is complete up to its end marker, and its size is within the limits.
 * Whatever follows the end marker is dropped, and so are application segments, on which no pixel depends.
 */
final class JpegFile {

    /** The meaning of the components, by libjpeg's rules. */
    enum Color {
        GRAY,
        RGB,
        YCBCR,
        CMYK,
        YCCK
    }

    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
    private static final byte[] ADOBE = {
        (byte) 0xff, (byte) APP14, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };

    /** The last of a scan's header in a sequential JPEG. Decoders pass over others, but warn of them, and then of nothing more. */
    private static final byte[] SCAN_FIELDS = {0, 63, 0};

    private final byte[] source;
    private final boolean headOnly;
    private final byte[] kept; // without application segments; begins with room for one
    private int keptEnd = 2 + ADOBE.length;
    private int width;
    private int height;
    private byte[] exif = {};
    private byte[] componentIds = {};
    private boolean jfif;
    private boolean progressive;
    private int adobeTransform = -1;

    private JpegFile(byte[] source, boolean headOnly) {
        this.source = source;
        this.headOnly = headOnly;
        this.kept = new byte[source.length + ADOBE.length];
    }

    static boolean isJpeg(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8 && bytes[2] == (byte) 0xff;
    }

    static JpegFile parse(byte[] bytes) throws IOException {
        JpegFile file = new JpegFile(bytes, false);
        file.walk();
        return file;
    }

    /**
     * What is said before the pixels, which nothing says are there.
     *
     * @param bytes of the file, the first ones
     */
    static JpegFile parseHead(byte[] bytes) throws IOException {
        JpegFile file = new JpegFile(bytes, true);
        file.walk();
        return file;
    }

    /** The file without application segments, except for one that tells a decoder the {@link #color}. */
    ByteArrayInputStream stream() throws IOException {
        kept[0] = source[0];
        kept[1] = source[1];
        System.arraycopy(ADOBE, 0, kept, 2, ADOBE.length);
        kept[ADOBE.length + 1] = (byte) (color() == Color.YCBCR ? 1 : color() == Color.YCCK ? 2 : 0);
        return new ByteArrayInputStream(kept, 0, keptEnd);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** A TIFF structure; empty if there is none. */
    byte[] exif() {
        return exif;
    }

    Color color() throws IOException {
        return switch (componentIds.length) {
            case 1 -> Color.GRAY;
            case 3 -> isRgb() ? Color.RGB : Color.YCBCR;
            case 4 -> adobeTransform > 0 ? Color.YCCK : Color.CMYK;
            default -> throw new IOException("a JPEG with " + componentIds.length + " components; expected 1, 3 or 4");
        };
    }

    private boolean isRgb() {
        if (jfif) {
            return false;
        }
        return adobeTransform == 0 || (adobeTransform < 0 && Arrays.equals(componentIds, new byte[] {'R', 'G', 'B'}));
    }

    private void walk() throws IOException {
        int position = 2;
        while (true) {
            int marker = unsigned(position + 1);
            if (unsigned(position) != 0xff) {
                throw new IOException("damaged (no marker at byte " + position + ")");
            }
            if (marker == 0xff) {
                position++; // a fill byte
                continue;
            }
            if (marker == END_OF_IMAGE || (headOnly && marker == START_OF_SCAN)) {
                keep(position, position + 2);
                requireFrame();
                return;
            }
            int end = position + 2 + segmentLength(position + 2);
            readSegment(marker, position + 4, end);
            int next = marker == START_OF_SCAN ? endOfScan(end) : end;
            if (marker < APP0 || (marker > APP15 && marker != COMMENT)) {
                keep(position, next);
            }
            if (marker == START_OF_SCAN && !progressive && end - position > SCAN_FIELDS.length) {
                System.arraycopy(SCAN_FIELDS, 0, kept, keptEnd - (next - end) - SCAN_FIELDS.length, SCAN_FIELDS.length);
            }
            position = next;
        }
    }

    private void readSegment(int marker, int start, int end) throws IOException {
        if (marker == APP0 && startsWith(start, end, "JFIF\0".getBytes(StandardCharsets.ISO_8859_1))) {
            jfif = true;
        } else if (marker == APP1 && exif.length == 0 && startsWith(start, end, EXIF)) {
            exif = Arrays.copyOfRange(source, start + EXIF.length, end);
        } else if (marker == APP14
                && end - start >= 12
                && startsWith(start, end, "Adobe".getBytes(StandardCharsets.ISO_8859_1))) {
            adobeTransform = unsigned(start + 11);
        } else if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
            readFrame(marker, start);
        }
    }

    private void readFrame(int marker, int start) throws IOException {
        if (marker > 0xc2 || unsigned(start) != 8) {
            throw new IOException("unsupported JPEG (frame " + Integer.toHexString(marker) + ", " + unsigned(start)
                    + " bits); save it as an 8-bit baseline or progressive one");
        }
        progressive = marker == 0xc2;
        height = unsigned(start + 1) << 8 | unsigned(start + 2);
        width = unsigned(start + 3) << 8 | unsigned(start + 4);
        PixelMemory.checkSize(width, height);
        componentIds = new byte[unsigned(start + 5)];
        for (int i = 0; i < componentIds.length; i++) {
            componentIds[i] = (byte) unsigned(start + 6 + 3 * i);
        }
    }

    private void requireFrame() throws IOException {
        if (componentIds.length == 0) {
            throw new IOException("damaged (no frame header)");
        }
    }

    /** Compressed data ends at a marker that is neither a stuffed zero nor a restart. */
    private int endOfScan(int start) throws IOException {
        for (int position = start; position < source.length - 1; position++) {
            if (source[position] == (byte) 0xff && endsScan(source[position + 1] & 0xff)) {
                return position;
            }
        }
        throw truncated();
    }

    private static boolean endsScan(int marker) {
        return marker != 0 && marker != 0xff && (marker < 0xd0 || marker > 0xd7);
    }

    private void keep(int start, int end) {
        System.arraycopy(source, start, kept, keptEnd, end - start);
        keptEnd += end - start;
    }

    private int segmentLength(int position) throws IOException {
        int length = unsigned(position) << 8 | unsigned(position + 1);
        if (length < 2 || position + length > source.length) {
            throw truncated();
        }
        return length;
    }

    private int unsigned(int position) throws IOException {
        if (position >= source.length) {
            throw truncated();
        }
        return source[position] & 0xff;
    }

    private boolean startsWith(int start, int end, byte[] prefix) {
        return end - start >= prefix.length
                && Arrays.equals(source, start, start + prefix.length, prefix, 0, prefix.length);
    }

    private static IOException truncated() {
        return new IOException("truncated (no end marker)");
    }
}
