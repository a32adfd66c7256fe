package io.numclip.storage;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file by position. Where its SHA-256 is remembered ({@link RememberedDigest#ofFile}), what is read is compared with
 * the file that it was taken of: a disk that fails, and who writes below the file system, change neither size nor times.
 * For one thread at a time.
 */
public final class CheckedFile implements AutoCloseable {

    private final Path file;
    private final RememberedDigest digests;
    private final FileState opened;
    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocateDirect(FileSums.BLOCK);
    private @Nullable FileSums sums;

    /** @param digests where sums may be remembered */
    public CheckedFile(Path file, RememberedDigest digests) throws IOException {
        RegularFile.exists(file);
        this.file = file;
        this.digests = digests;
        this.opened = FileState.of(file);
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.sums = digests.recall(opened).orElse(null);
    }

    public Path file() {
        return file;
    }

    /** In bytes. */
    public long size() throws IOException {
        return channel.size();
    }

    /**
     * Fills a buffer from its position on.
     *
     * @throws NumClipException if the file is another one than was hashed
     */
    public void read(long position, ByteBuffer bytes) throws IOException {
        int begin = bytes.position();
        fill(position, bytes);
        ByteBuffer read = bytes.duplicate().flip().position(begin).slice();
        if (sums != null && !isOf(sums, position, read)) {
            FileSums now = digests.readAgain(file);
            if (!now.sha256().equals(sums.sha256())) {
                throw changed(sums.sha256(), now.sha256());
            }
            sums = now; // those that were remembered were wrong, and not the file
            requireSame(isOf(now, position, read));
        }
    }

    private void fill(long position, ByteBuffer bytes) throws IOException {
        long start = position - bytes.position();
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + bytes.position()) < 0) {
                throw new EOFException(
                        file + ": changed while reading (it ends before byte " + (start + bytes.limit()) + ")");
            }
        }
    }

    private boolean isOf(FileSums known, long position, ByteBuffer read) throws IOException {
        long end = position + read.limit();
        for (long start = position - position % FileSums.BLOCK; start < end; start += FileSums.BLOCK) {
            int number = (int) (start / FileSums.BLOCK);
            long next = Math.min(start + FileSums.BLOCK, opened.size());
            int from = (int) Math.max(0, start - position);
            int to = (int) (Math.min(end, next) - position);
            boolean whole = start >= position && next <= end;
            ByteBuffer sum = whole
                    ? read.slice(from, to - from)
                    : filledUp(start, next, position + from, read.slice(from, to - from));
            if (!known.fits(number, sum)) {
                return false;
            }
        }
        return true;
    }

    /** A block of which a part has been read. */
    private ByteBuffer filledUp(long start, long next, long position, ByteBuffer part) throws IOException {
        block.clear().limit((int) (next - start));
        fill(start, block);
        return block.flip().put((int) (position - start), part, 0, part.limit());
    }

    private NumClipException changed(String expected, String found) {
        return new NumClipException(
                Kind.DATA,
                "%s: its content has changed, but neither its size nor its times: expected the SHA-256 %s, found %s"
                        .formatted(file, expected, found),
                "Put the file back from a copy, and see whether the disk fails.");
    }

    /** Half of an old and half of a new file could both be valid. A new link to the file changes nothing. */
    public void requireUnchanged() throws IOException {
        FileState now = FileState.of(file);
        requireSame(now.size() == opened.size()
                && now.modified().equals(opened.modified())
                && now.key().equals(opened.key()));
    }

    private void requireSame(boolean same) throws IOException {
        if (!same) {
            throw new IOException(file + ": changed while reading (it was written or replaced)");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
