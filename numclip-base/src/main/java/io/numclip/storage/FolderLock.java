package io.numclip.storage;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to write a folder, which one process has at a time, and in it one thread. It is a lock of the operating
 * system on a hidden file in the folder, which the system frees when the process ends, however it ends. The file says who
 * has the lock, and is deleted with it; only a process that is killed leaves it behind.
 */
public final class FolderLock implements AutoCloseable {

    private static final String FILE = ".lock";
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1; // where bytes are locked they cannot be read
    private static final String OWNER = "process \\d+ on \\S{1,100} since [-0-9T:Z]+";
    private static final int MOST_BYTES = 200;
    private static final int PAUSE_MILLIS = 5;

    /**
     * The folders that this process has. It must not open such a folder's file again: the system frees the lock as soon
     * as the process closes any channel to the file. Like the lock itself, this belongs to the whole process.
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    /** What is done while a folder is held. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    private final Path folder;
    private final boolean isNew;
    private final FileChannel channel;

    private FolderLock(Path folder, boolean isNew, FileChannel channel) {
        this.folder = folder;
        this.isNew = isNew;
        this.channel = channel;
    }

    /**
     * Takes the folder, which is created if it is absent, and clears what a writer that was killed has left in it. A folder
     * that was created here and is still empty at the end goes with the lock.
     *
     * @throws NumClipException of kind {@code BUSY} if it is taken; the message says by whom and since when
     */
    public static FolderLock take(Path folder) throws IOException {
        boolean isNew = !Files.isDirectory(folder);
        if (isNew) {
            CannotCreateException.unless(folder, () -> Files.createDirectories(folder));
        }
        return take(folder, isNew);
    }

    /**
     * Creates the folder and takes it.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it exists: of two processes, only one creates it
     */
    public static FolderLock takeNew(Path folder) throws IOException {
        Files.createDirectories(folder.toAbsolutePath().resolveSibling(""));
        return take(Files.createDirectory(folder), true);
    }

    /** Takes the folder for as long as some work lasts. */
    public static <T> T during(Path folder, Work<T> work) throws IOException {
        return during(folder, Duration.ZERO, work);
    }

    /** As {@link #during(Path, Work)}, after a wait of at most so long for whoever has the folder. */
    public static <T> T during(Path folder, Duration patience, Work<T> work) throws IOException {
        FolderLock lock = take(folder, System.nanoTime() + patience.toNanos());
        try {
            return work.run();
        } finally {
            lock.close();
        }
    }

    private static FolderLock take(Path folder, long end) throws IOException {
        while (true) {
            try {
                return take(folder);
            } catch (NumClipException failure) {
                if (failure.kind() != Kind.BUSY || System.nanoTime() >= end) {
                    throw failure;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            throw new CancellationException();
        }
    }

    private static FolderLock take(Path folder, boolean isNew) throws IOException {
        Path real = folder.toRealPath();
        if (!OURS.add(real)) {
            throw busy(folder, "this process");
        }
        return recovered(new FolderLock(real, isNew, ours(folder, real)));
    }

    private static FileChannel ours(Path folder, Path real) throws IOException {
        try {
            return lock(folder, real.resolve(FILE));
        } catch (IOException | RuntimeException e) {
            OURS.remove(real);
            throw e;
        }
    }

    private static FolderLock recovered(FolderLock lock) throws IOException {
        try {
            lock.recover("");
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Whether this is the file of a lock, which does not count among the content of a folder. */
    public static boolean isLock(Path file) {
        return file.endsWith(FILE);
    }

    /**
     * Clears what a writer that was killed has left in a folder below: temporary files and folders are deleted, and a
     * folder that was about to be replaced is put back.
     */
    public void recover(String below) throws IOException {
        Leftovers.recover(folder.resolve(below));
    }

    private static FileChannel lock(Path folder, Path file) throws IOException {
        while (true) {
            Object expected = key(file);
            FileChannel channel = CannotCreateException.unless(
                    file,
                    () -> FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
            try {
                if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                    throw busy(folder, owner(channel));
                }
                if (expected != null && Objects.equals(expected, key(file))) {
                    return signed(channel);
                }
                channel.close(); // the file is new, or the one before us has deleted it
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }
    }

    /** What tells the file from another one of its name; null if there is none. */
    private static @Nullable Object key(Path file) throws IOException {
        try {
            return FileState.of(file).key();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static FileChannel signed(FileChannel channel) throws IOException {
        String owner = "process %d on %s since %s"
                .formatted(ProcessHandle.current().pid(), host(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
        channel.truncate(0);
        AtomicFile.writeAll(channel, ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
        return channel;
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
        channel.read(bytes, 0);
        String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        return text.matches(OWNER) ? text : "another process";
    }

    /** Without asking the network for it. */
    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            String name = System.getenv().getOrDefault("COMPUTERNAME", System.getenv("HOSTNAME"));
            return name == null ? "this-host" : name;
        }
    }

    private static NumClipException busy(Path folder, String owner) {
        return new NumClipException(
                Kind.BUSY, folder + " is in use by " + owner, "Wait until that has ended, or name another folder.");
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            Files.deleteIfExists(folder.resolve(FILE)); // as long as nobody else can have it
            if (isNew) {
                Files.delete(folder); // fails unless it is empty
            }
        } catch (IOException e) {
            return; // a file that stays locks nothing, and a folder with content stays
        } finally {
            OURS.remove(folder);
        }
    }
}
