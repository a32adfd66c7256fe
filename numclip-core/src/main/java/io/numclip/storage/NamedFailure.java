package io.numclip.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;

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
        try {
            return writing.run();
        } catch (UncheckedIOException e) {
            throw named(path, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw named(path, e);
        }
    }

    private static IOException named(Path path, IOException failure) {
        if (failure instanceof FileSystemException || failure instanceof ClosedChannelException) {
            return failure;
        }
        IOException named = new FileSystemException(path.toString(), null, failure.getMessage());
        named.initCause(failure);
        return named;
    }
}
