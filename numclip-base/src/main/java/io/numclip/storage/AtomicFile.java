package io.numclip.storage;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes a file as a whole: at every moment, even after a crash, it has either its old content or its new content. */
public final class AtomicFile {

    private static final FileAttribute<?> READABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

    /** Writes the content to a channel. */
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Writes the content as text. */
    @FunctionalInterface
    public interface Text {
        void writeTo(Writer writer) throws IOException;
    }

    /** Writes the content to a channel, or finds that there is nothing to keep. */
    @FunctionalInterface
    public interface OptionalContent {

        /** @return whether the file is to be kept */
        boolean writeTo(FileChannel channel) throws IOException;
    }

    /** Looks at a file that is complete, but does not have its name yet. */
    @FunctionalInterface
    public interface Check {

        /** Throws an exception if the file is not to be kept. */
        void check(Path written) throws IOException;
    }

    private AtomicFile() {}

    public static void write(Path file, byte[] content) throws IOException {
        write(file, channel -> writeAll(channel, ByteBuffer.wrap(content)));
    }

    /** Writes text as UTF-8 that, whatever the umask, nobody but this account may change. */
    public static void writeOwn(Path file, String text) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] own = posix ? new FileAttribute<?>[] {READABLE} : new FileAttribute<?>[0];
        ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        write(file, always(channel -> writeAll(channel, content)), written -> {}, own);
    }

    /** Writes text as UTF-8. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes text as UTF-8 and replaces nothing.
     *
     * @throws FileAlreadyExistsException if something of that name is there
     */
    public static void writeNew(Path file, String text) throws IOException {
        unlessThere(file);
        ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        writeChecked(file, channel -> writeAll(channel, content), written -> unlessThere(file));
    }

    private static void unlessThere(Path file) throws FileAlreadyExistsException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
    }

    /** Writes text as UTF-8, piece by piece. */
    public static void writeText(Path file, Text text) throws IOException {
        write(file, channel -> {
            Writer writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
            text.writeTo(writer);
            writer.flush(); // the channel stays open
        });
    }

    public static void write(Path file, Content content) throws IOException {
        writeChecked(file, content, written -> {});
    }

    /** Leaves the file unchanged where the content is not to be kept. */
    public static void writeIf(Path file, OptionalContent content) throws IOException {
        write(file, content, written -> {});
    }

    /** Leaves the file unchanged where the check fails. */
    public static void writeChecked(Path file, Content content, Check check) throws IOException {
        write(file, always(content), check);
    }

    private static OptionalContent always(Content content) {
        return channel -> {
            content.writeTo(channel);
            return true;
        };
    }

    private static void write(Path file, OptionalContent content, Check check, FileAttribute<?>... attributes)
            throws IOException {
        CannotCreateException.unlessReplaceable(file);
        Path part = Leftovers.part(file);
        try {
            if (NamedFailure.of(file, part, () -> isWritten(file, part, content, attributes))) {
                check.check(part);
                move(part, file);
            }
        } finally {
            if (Files.exists(part)) { // not where it cannot be
                Files.delete(part);
            }
        }
        Leftovers.clearOldOf(file.toAbsolutePath());
    }

    /** Gives a file that was written piece by piece its name, in place of an older file of that name. */
    public static void rename(Path written, Path file) throws IOException {
        NamedFailure.of(file, written, () -> {
            force(written, StandardOpenOption.WRITE);
            return file;
        });
        move(written, file);
    }

    private static void move(Path part, Path file) throws IOException {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(file.toAbsolutePath().resolveSibling(""));
    }

    private static boolean isWritten(Path file, Path part, OptionalContent content, FileAttribute<?>... attributes)
            throws IOException {
        try (FileChannel channel = CannotCreateException.unless(
                file,
                () -> FileChannel.open(
                        part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes))) {
            boolean kept = content.writeTo(channel);
            if (kept) {
                channel.force(true);
            }
            return kept;
        }
    }

    /** Makes renames in a folder durable, where the system can open a folder like a file. */
    static void forceFolder(Path folder) {
        try {
            force(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            return; // Windows refuses this and does not need it
        }
    }

    static void force(Path file, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(file, option)) {
            channel.force(true);
        }
    }

    /** All that remains in the buffer. */
    public static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
