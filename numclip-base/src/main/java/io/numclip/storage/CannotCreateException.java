package io.numclip.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** A file or a folder cannot be made where it was asked for. */
public final class CannotCreateException extends FileSystemException {

    private static final long serialVersionUID = 1;

    private CannotCreateException(Path path, String reason) {
        super(path.toString(), null, reason);
    }

    /**
     * Makes a file or a folder.
     *
     * @param path what will be there, which the message names
     * @throws CannotCreateException if there is no such place, it may not be written, or something else is there
     */
    public static <T> T unless(Path path, NamedFailure.Writing<T> making) throws IOException {
        try {
            return making.run();
        } catch (FileSystemException e) {
            if (isLackOfSpace(e)) {
                throw e;
            }
            CannotCreateException told = new CannotCreateException(path, reason(e));
            told.initCause(e);
            throw told;
        }
    }

    /** @throws CannotCreateException if what is there is no file */
    static void unlessReplaceable(Path file) throws CannotCreateException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new CannotCreateException(file, Files.isDirectory(file) ? "it is a folder" : "it is no usual file");
        }
    }

    private static boolean isLackOfSpace(FileSystemException failure) {
        return Stream.of("No space", "quota").anyMatch(String.valueOf(failure.getReason())::contains);
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof AccessDeniedException) {
            return "this account may not write there";
        } else if (failure instanceof NoSuchFileException) {
            return "there is no such folder";
        } else if (failure instanceof FileAlreadyExistsException) {
            return failure.getFile() + " is no folder";
        }
        return Objects.requireNonNullElse(failure.getReason(), "it cannot be written");
    }
}
