package io.numclip.host.compare;

import io.numclip.storage.Fingerprint;
import io.numclip.storage.Leftovers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Which process trains which cell, so that several can work in one folder. A claim is a lock on one byte of a common
 * file; the system frees it when the process ends, however it ends.
 */
final class Claims implements AutoCloseable {

    private static final int DIGITS = 15; // of a hexadecimal number that fits into a long

    private static final String TABLES = "tables";

    private final Path folder;
    private final FileChannel channel;

    /** @param folder of the comparison */
    Claims(Path folder) throws IOException {
        this.folder = folder;
        Path cells = Files.createDirectories(folder.resolve("cells"));
        channel = FileChannel.open(cells.resolve(".claims"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** The lock of a cell; empty if another process has it. */
    Optional<FileLock> claimed(CellFile cell) throws IOException {
        return Optional.ofNullable(channel.tryLock(position(cell.name()), 1, false));
    }

    /** Waits for as long as another process has the cell. */
    FileLock awaited(CellFile cell) throws IOException {
        return awaited(cell.name());
    }

    /** Waits for as long as another process writes the tables; clears what one that was killed has left of them. */
    FileLock awaitedTables() throws IOException {
        FileLock claim = awaited(TABLES);
        Leftovers.recover(folder);
        return claim;
    }

    private FileLock awaited(String name) throws IOException {
        try {
            return channel.lock(position(name), 1, false);
        } catch (FileLockInterruptionException stopped) {
            throw new CancellationException();
        }
    }

    private static long position(String name) {
        String digest = new Fingerprint().add(name).hex();
        return Long.parseLong(digest.substring(0, DIGITS), 16);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
