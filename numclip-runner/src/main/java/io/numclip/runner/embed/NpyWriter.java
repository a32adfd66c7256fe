package io.numclip.runner.embed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes rows of float32 as NumPy's {@code .npy}, format 1.0, C order. The number of rows is written at the end, into
 * space reserved in the header, so that no row has to be kept in memory.
 */
public final class NpyWriter {

    private static final int HEADER_BYTES = 128;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    private final FileChannel channel;
    private final int columns;
    private long rows;

    /** @param channel of an empty file */
    public NpyWriter(FileChannel channel, int columns) throws IOException {
        this.channel = channel.position(HEADER_BYTES);
        this.columns = columns;
    }

    /** @param values of whole rows, one after another */
    public void write(float[] values) throws IOException {
        if (values.length % columns != 0) {
            throw new IllegalArgumentException(values.length + " values are not whole rows of " + columns);
        }
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        writeAll(bytes);
        rows += values.length / columns;
    }

    /** Writes the header, with the number of rows. */
    public void finish() throws IOException {
        channel.position(0);
        writeAll(header());
    }

    private ByteBuffer header() {
        String text = String.format(
                Locale.ROOT, "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }", rows, columns);
        int room = HEADER_BYTES - MAGIC.length - Short.BYTES;
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).putShort((short) room);
        header.put((text + " ".repeat(room - 1 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        return header.flip();
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
