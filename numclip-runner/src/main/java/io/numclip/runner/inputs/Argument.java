package io.numclip.runner.inputs;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.image.ImageNames;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * One argument that names images in the file system.
 *
 * @param text as the user wrote it
 */
record Argument(String text, ListOptions options) {

    private static final Set<String> TABLES = Set.of("csv", "tsv");
    private static final Set<String> LINES = Set.of("txt", "jsonl", "ndjson");

    /** Whether a name is that of a list of images. */
    static boolean isList(String name) {
        String ending = ImageNames.ending(name);
        return TABLES.contains(ending) || LINES.contains(ending);
    }

    /** @throws NumClipException if there is no such folder or list, or it cannot be read */
    Iterator<InputImage> images(LeftOut leftOut) throws IOException {
        if (isPattern()) {
            Glob glob = glob();
            return Files.isDirectory(folder())
                    ? new FolderImages(folder(), glob, glob.depth(), leftOut)
                    : List.<InputImage>of().iterator();
        }
        Path path = Path.of(text);
        if (Files.isDirectory(path)) {
            return new FolderImages(path, file -> true, Integer.MAX_VALUE, leftOut);
        }
        String ending = ImageNames.ending(text);
        if (TABLES.contains(ending)) {
            return new TableImages(path, options);
        }
        if (LINES.contains(ending)) {
            return lines(path);
        }
        if (ending.equals("parquet")) {
            throw new NumClipException(
                    Kind.USAGE,
                    text + ": Parquet is not read",
                    "write the list as CSV or JSON Lines, see docs/predicting.md");
        }
        return List.of(InputImage.of(path)).iterator();
    }

    private LineImages lines(Path list) throws IOException {
        if (!RegularFile.exists(list)) {
            throw new NumClipException(Kind.MISSING, list + ": no such file", "check the path");
        }
        return new LineImages(text, RegularFile.open(list), ListRoot.of(options.root(), list), options);
    }

    LeftOut leftOut(Set<Path> unread) {
        return new LeftOut(text, isPattern() ? folder() : Path.of(text), unread);
    }

    /** A file may be called like a pattern; then it is that file. */
    private boolean isPattern() {
        return Glob.isOne(text) && !Files.exists(Path.of(text));
    }

    private Path folder() {
        return glob().folder();
    }

    private Glob glob() {
        try {
            return Glob.parse(text);
        } catch (PatternSyntaxException e) {
            throw new NumClipException(
                    Kind.USAGE,
                    text + ": neither a file nor a pattern (" + e.getDescription() + ")",
                    "check the path, or write a pattern such as 'photos/**/*.jpg'",
                    e);
        }
    }
}
