package io.numclip.runner.words;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The file of the words. It replaces an earlier one, and nothing else.
 *
 * @param recipe the name of a task or a file
 */
record WordsOutput(Path file, String recipe, @Nullable Path candidates) {

    /** How a file begins that has other words than the recipe. */
    static final String FOUND = "# Words by 'numclip words': ";

    /** How a file begins that has the words of the recipe. */
    static final String OWN = "# The recipe's own words: no others were better, ";

    /**
     * Looks at the place before there is work that could be lost.
     *
     * @throws NumClipException if the file is read by the command, or is none that it has written
     */
    void requireFree() throws IOException {
        AtomicFile.writeIf(file, channel -> false);
        if (!Files.exists(file)) {
            return;
        }
        if (isRead()) {
            throw refused("is read by this command and would be replaced");
        }
        if (!isEarlier()) {
            throw refused("already exists, and was not written by this command");
        }
    }

    void write(String yaml) throws IOException {
        AtomicFile.write(file, yaml);
    }

    private boolean isRead() throws IOException {
        File named = new File(recipe); // perhaps a name, which is no path everywhere
        for (File read : Stream.of(named, candidates == null ? null : candidates.toFile())
                .filter(Objects::nonNull)
                .toList()) {
            if (read.exists() && Files.isSameFile(file, read.toPath())) {
                return true;
            }
        }
        return false;
    }

    private boolean isEarlier() throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            String head = new String(bytes.readNBytes(OWN.length()), StandardCharsets.UTF_8);
            return head.startsWith(FOUND) || head.startsWith(OWN);
        }
    }

    private NumClipException refused(String why) {
        return new NumClipException(Kind.OUTPUT, file + ": " + why, "give another name with --out");
    }
}
