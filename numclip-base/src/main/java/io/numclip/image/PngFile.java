package io.numclip.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** A PNG whose chunks have been checked: it is complete, its checksums are right, and its size is within the limits. */
final class PngFile {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int HEADER_LENGTH = 13;

    /** Said of gray with 16 bits, for which there is no standard conversion to 8 bits. */
    static final String WIDE_GRAY = "16-bit gray: only the high byte of each value is seen";

    private final byte[] bytes;
    private final byte[] exif;

    private PngFile(byte[] bytes, byte[] exif) {
        this.bytes = bytes;
        this.exif = exif;
    }

    static boolean isPng(byte[] bytes) {
        return bytes.length >= SIGNATURE.length
                && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    static PngFile parse(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).position(SIGNATURE.length);
        byte[] exif = {};
        for (boolean first = true; ; first = false) {
            int length = in.remaining() < 12 ? -1 : in.getInt();
            if (length < 0 || length > in.remaining() - 8) {
                throw new IOException("truncated (no IEND chunk)");
            }
            int start = in.position() + 4;
            String type = new String(bytes, in.position(), 4, StandardCharsets.ISO_8859_1);
            checkSum(bytes, in, type, length);
            if (first) {
                checkHeader(bytes, type, start, length);
            }
            if (type.equals("eXIf")) {
                exif = Arrays.copyOfRange(bytes, start, start + length);
            }
            if (type.equals("IEND")) {
                return new PngFile(Arrays.copyOf(bytes, in.position()), exif);
            }
        }
    }

    int width() {
        return header().getInt();
    }

    int height() {
        return header().getInt(header().position() + Integer.BYTES);
    }

    boolean isWideGray() {
        return header().getShort(header().position() + 8) == 16 << 8; // depth and kind of colour
    }

    /** Of the decoded image; samples of 16 bits are kept beside those of 8 bits that are made of them. */
    int bytesPerPixel() {
        int depth = header().get(header().position() + 8);
        int samples = switch (header().get(header().position() + 9)) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
        return depth == 16 ? 3 * samples : samples;
    }

    /** Width, height, bits of a sample, kind of colour. */
    private ByteBuffer header() {
        return ByteBuffer.wrap(bytes, SIGNATURE.length + 8, HEADER_LENGTH);
    }

    /** The file up to its last chunk. */
    byte[] bytes() {
        return bytes;
    }

    /** A TIFF structure; empty if there is none. */
    byte[] exif() {
        return exif;
    }

    private static void checkSum(byte[] bytes, ByteBuffer in, String type, int length) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(bytes, in.position(), length + 4);
        in.position(in.position() + length + 4);
        if (in.getInt() != (int) sum.getValue()) {
            throw new IOException("damaged (wrong checksum of chunk " + type + ")");
        }
    }

    private static void checkHeader(byte[] bytes, String type, int start, int length) throws IOException {
        if (!type.equals("IHDR") || length != HEADER_LENGTH) {
            throw new IOException("damaged (no IHDR chunk)");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, start, length);
        PixelMemory.checkSize(Integer.toUnsignedLong(header.getInt()), Integer.toUnsignedLong(header.getInt()));
    }
}
