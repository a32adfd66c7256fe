package io.numclip.features;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.RegularFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;

/**
 * A file that is read by position, by any number of threads at once. It is closed by {@link #close}, or when it is no
 * longer reachable; a thread that is interrupted while it reads closes it too.
 */
record OpenFile(Path path, FileChannel channel) implements AutoCloseable {

    static OpenFile of(Path path) throws IOException {
        RegularFile.exists(path);
        return new OpenFile(path, FileChannel.open(path, StandardOpenOption.READ));
    }

    /**
     * @return the bytes, in little-endian order
     * @throws NumClipException if the file has fewer bytes, or they cannot be read
     * @throws CancellationException if a thread that read it was interrupted, which closes the file for all of them
     */
    ByteBuffer read(long position, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, position + bytes.position()) < 0) {
                    throw new EOFException("the file is too short");
                }
            }
        } catch (ClosedChannelException e) {
            throw new CancellationException("stopped");
        } catch (IOException e) {
            String place = "%s: bytes %d to %d cannot be read: %s";
            throw new NumClipException(
                    Kind.IO,
                    place.formatted(path, position, position + count, e),
                    "Delete the file if it is damaged; its content is computed again.",
                    e);
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
