package io.numclip.storage;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** How much can still be written to a disk. */
@FunctionalInterface
public interface FreeSpace {

    /** What the file system says. */
    FreeSpace OF_DISK = folder -> {
        FileStore disk = Files.getFileStore(folder);
        boolean isUnknown = disk.getTotalSpace() <= 0; // of some network drives
        return isUnknown ? Long.MAX_VALUE : disk.getUsableSpace();
    };

    /** Bytes that this account can write to the disk of a folder, which exists. */
    long bytes(Path folder) throws IOException;

    /**
     * @param folder what is to be written to; it need not exist
     * @param what is to be written, in words
     * @throws NumClipException if there is less room
     */
    default void require(Path folder, long needed, String what) throws IOException {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = Objects.requireNonNull(existing.getParent());
        }
        long free = bytes(existing);
        if (free < needed) {
            throw new NumClipException(
                    Kind.IO,
                    folder + ": " + what + " needs " + megabytes(needed) + ", free on its disk are " + megabytes(free),
                    "Make space, or name a folder on another disk.");
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB (%d bytes)", bytes / 1e6, bytes);
    }
}
