package io.numclip.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says which file could not be written. The system's own message, such as that the disk is full, leaves it out. */
public final class NamedFailure {

    /** Writes something, perhaps through a library that hides exceptions. */
    @FunctionalInterface
    public interface Writing<T> {
        T run() throws IOException;
    }

    private NamedFailure() {}

    /** @throws IOException if the writing fails; its message begins with the path, unless a signal ended it */
    public static <T> T of(Path path, Writing<T> writing) throws IOException {
        return of(path, path, writing);
    }

    /**
     * The same for what is written under a temporary name.
     *
     * @param path what it will be, which the message names; of files in a folder, their place in it
     * @param temporary what it is until then
     */
    static <T> T of(Path path, Path temporary, Writing<T> writing) throws IOException {
        try {
            return writing.run();
        } catch (UncheckedIOException e) {
            throw named(path, temporary, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw named(path, temporary, e);
        }
    }

    private static IOException named(Path path, Path temporary, IOException failure) {
        if (failure instanceof ClosedChannelException) {
            return failure;
        }
        if (!(failure instanceof FileSystemException known)) {
            return named(path, failure.getMessage(), failure);
        }
        // its kinds, such as that permission is denied, say the reason by their class
        boolean isPlain = known.getClass() == FileSystemException.class && known.getFile() != null;
        Path file = isPlain ? temporary.resolveSibling(known.getFile()) : path;
        return isPlain && !path.equals(temporary) && file.startsWith(temporary)
                ? named(path.resolve(temporary.relativize(file)).normalize(), known.getReason(), failure)
                : failure;
    }

    private static IOException named(Path path, @Nullable String reason, IOException failure) {
        IOException named = new FileSystemException(path.toString(), null, reason);
        named.initCause(failure);
        return named;
    }
}
