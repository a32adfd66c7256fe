package io.numclip.storage;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens files of folders that may come from anywhere. A pipe of the expected name would be waited for without end, and a
 * device could be read without end; both are refused, while a link to a regular file is one.
 */
public final class RegularFile {

    private RegularFile() {}

    /**
     * Whether there is such a file.
     *
     * @throws NumClipException if there is something else of this name
     */
    public static boolean exists(Path file) {
        if (Files.isRegularFile(file)) {
            return true;
        }
        if (Files.exists(file)) {
            throw new NumClipException(
                    Kind.DATA, file + ": not a regular file", "Put a file in its place, or remove it.");
        }
        return false;
    }

    /**
     * @throws NumClipException if it is there and is not a regular file
     * @throws java.nio.file.NoSuchFileException if it is not there
     */
    public static InputStream open(Path file) throws IOException {
        exists(file);
        return Files.newInputStream(file);
    }

    /** Its content; as {@link #open}. */
    public static byte[] read(Path file) throws IOException {
        exists(file);
        return Files.readAllBytes(file);
    }

    /**
     * Its content as text; as {@link #open}.
     *
     * @throws NumClipException if it is not UTF-8
     */
    public static String text(Path file) throws IOException {
        exists(file);
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new NumClipException(Kind.DATA, file + ": the file is not UTF-8 text", "save it as UTF-8", e);
        }
    }
}
