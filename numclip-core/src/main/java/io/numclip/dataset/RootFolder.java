package io.numclip.dataset;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder of images of a data set: what the files below it are, and whether symbolic links lead out of the data set. */
final class RootFolder {

    /** What a path stands for. */
    enum Entry {
        FILE,
        NO_FILE,
        OUTSIDE
    }

    private final Path path;
    private final Path limit;
    private final Map<Path, Boolean> insideByFolder = new HashMap<>();
    private @Nullable Path real;

    /** @param data its root, if it is around the folder, is what links must not lead out of; otherwise it is the folder */
    RootFolder(Path path, TaskData data) {
        this.path = path.toAbsolutePath().normalize();
        Path root = Path.of(data.root()).toAbsolutePath().normalize();
        this.limit = !data.root().isBlank() && this.path.startsWith(root) ? root : this.path;
    }

    Path path() {
        return path;
    }

    /** @param file normalized; for a file that is no link, only its attributes are read, and its folder is resolved once */
    Entry entry(Path file) {
        if (!file.startsWith(path) || file.equals(path)) {
            return Entry.OUTSIDE;
        }
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Path folder = file.resolveSibling("");
            boolean inside = attributes.isSymbolicLink()
                    ? isInside(file)
                    : insideByFolder.computeIfAbsent(folder, this::isInside);
            if (!inside) {
                return Entry.OUTSIDE;
            }
            return attributes.isRegularFile() || Files.isRegularFile(file) ? Entry.FILE : Entry.NO_FILE;
        } catch (IOException e) {
            return Entry.NO_FILE;
        }
    }

    /** Refuses a list of the data set that a link leads out to. */
    void requireInside(Path list) {
        Path file = list.toAbsolutePath().normalize();
        if (file.startsWith(limit) && !isInside(file)) {
            throw new NumClipException(
                    Kind.DATA,
                    list + " is outside the folder " + limit + " (a symbolic link leads there)",
                    "put a copy of the file in the place of the link");
        }
    }

    /** A broken link leads nowhere, so it stays inside. */
    private boolean isInside(Path place) {
        try {
            Path resolved = real == null ? limit.toRealPath() : real;
            real = resolved;
            return place.toRealPath().startsWith(resolved);
        } catch (IOException e) {
            return true;
        }
    }
}
