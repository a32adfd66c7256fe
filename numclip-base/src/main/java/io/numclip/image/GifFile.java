package io.numclip.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A GIF whose blocks have been checked and whose first frame fills the canvas. */
final class GifFile {

    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2c;
    private static final int TRAILER = 0x3b;
    private static final int HAS_PALETTE = 0x80;

    private final ByteBuffer in;
    private final int width;
    private final int height;
    private int end;

    private GifFile(byte[] bytes) throws IOException {
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(6);
        this.width = word();
        this.height = word();
        PixelMemory.checkSize(width, height);
    }

    static boolean isGif(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(6, bytes.length), StandardCharsets.ISO_8859_1);
        return head.equals("GIF87a") || head.equals("GIF89a");
    }

    static GifFile parse(byte[] bytes) throws IOException {
        try {
            GifFile gif = new GifFile(bytes);
            gif.toEndOfFirstFrame();
            gif.end = gif.in.position();
            gif.toTrailer();
            return gif;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("truncated (no trailer)", e);
        }
    }

    private void toEndOfFirstFrame() throws IOException {
        boolean palette = passPalette(next());
        in.position(in.position() + 2);
        if (toNextFrame() == TRAILER) {
            throw new IOException("a GIF without a frame");
        }
        int left = word();
        int top = word();
        if (left != 0 || top != 0 || word() != width || word() != height) {
            throw new IOException("its first frame does not fill the canvas; save the image as PNG");
        }
        boolean own = passOwnPalette();
        if (!palette && !own) {
            throw new IOException("a GIF without colours; save the image as PNG");
        }
        next();
        if (passSubBlocks() == 0) {
            throw new IOException("damaged (a frame without pixels)");
        }
    }

    private void toTrailer() throws IOException {
        while (toNextFrame() == FRAME) {
            in.position(in.position() + 8);
            passOwnPalette();
            next();
            passSubBlocks();
        }
    }

    /** @return what comes after all extensions: a frame or the trailer */
    private int toNextFrame() throws IOException {
        int block = next();
        for (; block == EXTENSION; block = next()) {
            next();
            passSubBlocks();
        }
        if (block != FRAME && block != TRAILER) {
            throw new IOException("damaged (block " + block + ")");
        }
        return block;
    }

    /** The colours come after two more bytes that the caller passes. */
    private boolean passPalette(int flags) {
        boolean has = (flags & HAS_PALETTE) != 0;
        in.position(in.position() + (has ? paletteBytes(flags) : 0));
        return has;
    }

    private boolean passOwnPalette() {
        return passPalette(next());
    }

    private static int paletteBytes(int flags) {
        return 3 << ((flags & 7) + 1);
    }

    /** @return how many bytes are in them */
    private int passSubBlocks() {
        int bytes = 0;
        for (int size = next(); size > 0; size = next()) {
            in.position(in.position() + size);
            bytes += size;
        }
        return bytes;
    }

    private int next() {
        return in.get() & 0xff;
    }

    private int word() {
        return in.getShort() & 0xffff;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The file with its first frame alone. */
    byte[] bytes() {
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        first.write(in.array(), 0, end);
        first.write(TRAILER);
        return first.toByteArray();
    }
}
