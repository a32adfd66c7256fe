package io.numclip.runner.compare;

import io.numclip.storage.Fingerprint;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Which process trains which cell, so that several can work in one folder. A claim is a lock on one byte of a common
 * file; the system frees it when the process ends, however it ends.
 */
final class Claims implements AutoCloseable {

    private static final int DIGITS = 15; // of a hexadecimal number that fits into a long

    private final FileChannel channel;

    /** @param folder of the comparison */
    Claims(Path folder) throws IOException {
        Path cells = Files.createDirectories(folder.resolve("cells"));
        channel = FileChannel.open(cells.resolve(".claims"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Empty if another process has the cell. */
    Optional<FileLock> claimed(CellFile cell) throws IOException {
        return Optional.ofNullable(channel.tryLock(position(cell), 1, false));
    }

    /** Waits for as long as another process has the cell. */
    FileLock awaited(CellFile cell) throws IOException {
        return channel.lock(position(cell), 1, false);
    }

    private static long position(CellFile cell) {
        String digest = new Fingerprint().add(cell.name()).hex();
        return Long.parseLong(digest.substring(0, DIGITS), 16);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
