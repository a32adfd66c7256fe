package io.numclip.image.container;

import com.twelvemonkeys.imageio.plugins.webp.lossless.VP8LDecoder;
import com.twelvemonkeys.imageio.plugins.webp.vp8.VP8Frame;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A WebP that is complete and whose image, or first frame, fills the canvas; colour profiles are passed over. */
public final class WebpFile {

    private static final int FRAME_HEADER = 16;
    private static final int LOSSLESS_HEADER = 5;
    private static final int PADDING = 8; // zeros that a decoder may read ahead, as libwebp does
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
    private static final byte[] NONE = {};

    private final ByteBuffer in;
    private final byte[] bytes;
    private byte[] image = NONE;
    private byte[] alpha = NONE;
    private byte[] exif = NONE;
    private boolean lossless;
    private int width;
    private int height;

    private WebpFile(byte[] bytes) {
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    public static boolean isWebp(byte[] bytes) {
        return bytes.length >= 12
                && text(bytes, 0).equals("RIFF")
                && text(bytes, 8).equals("WEBP");
    }

    /** The size is what the file says, and is not checked. */
    public static WebpFile parse(byte[] bytes) throws IOException {
        WebpFile file = new WebpFile(bytes);
        long end = 8 + Integer.toUnsignedLong(file.in.getInt(4));
        if (end > bytes.length) {
            throw new IOException("truncated (" + bytes.length + " of " + end + " bytes)");
        }
        file.chunks(12, (int) end);
        if (file.image.length == 0) {
            throw new IOException("damaged (a WebP without an image)");
        }
        return file;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** A TIFF structure; empty if there is none. */
    public byte[] exif() {
        return exif;
    }

    /** The pixels as 8-bit samples: red, green, blue, and alpha where the file has it. */
    public Raster decode() throws IOException {
        return lossless ? decodedLossless(image) : decodedLossy();
    }

    private Raster decodedLossy() throws IOException {
        int bands = alpha.length == 0 ? 3 : 4;
        WritableRaster raster = new BoundedRaster(width, height, bands);
        byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        if (!new VP8Frame(new BoundedStream(image), false).decode(raster, null)) {
            throw new IOException("damaged (no key frame)");
        }
        byte[] opacity = bands == 4 ? opacity() : NONE;
        for (int i = 0; i < opacity.length; i++) {
            samples[bands * i + 3] = opacity[i];
        }
        return raster;
    }

    private Raster decodedLossless(byte[] data) throws IOException {
        BoundedRaster raster = new BoundedRaster(width, height, 4);
        BoundedStream stream = new BoundedStream(data);
        stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        new VP8LDecoder(stream, false).readVP8Lossless(raster, true, null, width, height);
        boolean opaque = (data[4] & 0x10) == 0;
        return opaque ? raster.createChild(0, 0, width, height, 0, 0, new int[] {0, 1, 2}) : raster;
    }

    private byte[] opacity() throws IOException {
        byte[] values = new byte[width * height];
        if ((alpha[LOSSLESS_HEADER - 1] & 3) == 0) {
            System.arraycopy(alpha, LOSSLESS_HEADER, values, 0, values.length);
        } else {
            Raster green = decodedLossless(alpha);
            byte[] samples = ((DataBufferByte) green.getDataBuffer()).getData();
            for (int i = 0; i < values.length; i++) {
                values[i] = samples[4 * i + 1];
            }
        }
        unfilter(values, alpha[LOSSLESS_HEADER - 1] >> 2 & 3);
        return values;
    }

    /** Adds to each value what the filter predicts of it: nothing, the one before it, the one above it, or a slope of both. */
    private void unfilter(byte[] values, int filter) {
        for (int i = 1; i < values.length && filter > 0; i++) {
            int before = i % width == 0 ? values[i - width] : values[i - 1];
            int above = i < width ? before : values[i - width];
            boolean edge = i < width || i % width == 0;
            if (edge || filter == 1) {
                values[i] += (byte) before;
            } else if (filter == 2) {
                values[i] += (byte) above;
            } else {
                int slope = (before & 0xff) + (above & 0xff) - (values[i - width - 1] & 0xff);
                values[i] += (byte) Math.min(Math.max(slope, 0), 255);
            }
        }
    }

    /** Reads chunks up to the first image; of a frame of an animation those in it. */
    private void chunks(int start, int end) throws IOException {
        for (int next = start; next + 8 <= end; ) {
            String kind = text(bytes, next);
            long length = Integer.toUnsignedLong(in.getInt(next + 4));
            int body = next + 8;
            if (length > end - body) {
                throw new IOException("truncated (chunk " + kind + ")");
            }
            chunk(kind, body, (int) length);
            next = (int) Math.min(body + length + (length & 1), end);
        }
    }

    private void chunk(String kind, int start, int length) throws IOException {
        if (kind.equals("VP8X") && length >= 10) {
            width = 1 + triple(start + 4);
            height = 1 + triple(start + 7);
        } else if (kind.equals("ANMF") && image.length == 0 && length > FRAME_HEADER) {
            if (triple(start) != 0
                    || triple(start + 3) != 0
                    || triple(start + 6) + 1 != width
                    || triple(start + 9) + 1 != height) {
                throw new IOException("its first frame does not fill the canvas; save the image as PNG");
            }
            chunks(start + FRAME_HEADER, start + length);
        } else if (kind.equals("ALPH") && image.length == 0 && length > 1) {
            alpha = new byte[LOSSLESS_HEADER - 1 + length + PADDING];
            System.arraycopy(bytes, start, alpha, LOSSLESS_HEADER - 1, length);
        } else if ((kind.equals("VP8 ") || kind.equals("VP8L")) && image.length == 0) {
            image = Arrays.copyOf(Arrays.copyOfRange(bytes, start, start + length), length + PADDING);
            lossless = kind.equals("VP8L");
            size(start, length);
        } else if (kind.equals("EXIF")) {
            boolean marked =
                    length > EXIF.length && Arrays.equals(bytes, start, start + EXIF.length, EXIF, 0, EXIF.length);
            exif = Arrays.copyOfRange(bytes, marked ? start + EXIF.length : start, start + length);
        }
    }

    private void size(int start, int length) throws IOException {
        if (length < 10 || (lossless ? bytes[start] != 0x2f : (in.getInt(start + 3) & 0xffffff) != 0x2a019d)) {
            throw new IOException("damaged (no header of the image)");
        }
        int bits = in.getInt(start + 1);
        int wide = lossless ? 1 + (bits & 0x3fff) : in.getShort(start + 6) & 0x3fff;
        int high = lossless ? 1 + (bits >> 14 & 0x3fff) : in.getShort(start + 8) & 0x3fff;
        if (width > 0 && (wide != width || high != height)) {
            throw new IOException(
                    "damaged (an image of " + wide + " x " + high + " on a canvas of " + width + " x " + height + ")");
        }
        width = wide;
        height = high;
    }

    private int triple(int position) {
        return in.getInt(position) & 0xffffff;
    }

    private static String text(byte[] bytes, int position) {
        return new String(bytes, position, 4, StandardCharsets.ISO_8859_1);
    }
}
