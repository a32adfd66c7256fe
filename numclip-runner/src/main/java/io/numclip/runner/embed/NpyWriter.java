package io.numclip.runner.embed;

import io.numclip.storage.NamedFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Writes rows of float32 as NumPy's {@code .npy}, format 1.0, C order. The number of rows is written at the end, into
 * space reserved in the header, so that no row has to be kept in memory.
 */
public final class NpyWriter implements AutoCloseable {

    private static final int HEADER_BYTES = 128;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    private final Path file;
    private final FileChannel channel;
    private final int columns;
    private long rows;

    private NpyWriter(Path file, FileChannel channel, int columns) {
        this.file = file;
        this.channel = channel;
        this.columns = columns;
    }

    /** @throws java.nio.file.FileAlreadyExistsException if the file exists */
    public static NpyWriter create(Path file, int columns) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.position(HEADER_BYTES);
        return new NpyWriter(file, channel, columns);
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
    @Override
    public void close() throws IOException {
        try (channel) {
            channel.position(0);
            writeAll(header());
        }
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
        NamedFailure.of(file, () -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return file;
        });
    }
}
