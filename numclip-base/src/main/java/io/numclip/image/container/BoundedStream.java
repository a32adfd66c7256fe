package io.numclip.image.container;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes of an image whose end is told to a decoder a bounded number of times: that of a lossless WebP does not mind, and reads on. */
final class BoundedStream extends ImageInputStreamImpl {

    private static final int MOST = 64; // a decoder reads some bytes ahead

    private final byte[] bytes;
    private int ends;

    BoundedStream(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : end();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        bitOffset = 0;
        int count = (int) Math.min(length, bytes.length - streamPos);
        if (count <= 0) {
            return end();
        }
        System.arraycopy(bytes, (int) streamPos, buffer, offset, count);
        streamPos += count;
        return count;
    }

    private int end() throws IOException {
        if (++ends > MOST) {
            throw new IOException("truncated (no data of all pixels)");
        }
        return -1;
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
