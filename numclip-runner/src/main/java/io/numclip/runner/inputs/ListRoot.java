package io.numclip.runner.inputs;

import io.numclip.image.ImageNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder that the names in a list are relative to, and that they must not lead out of, as in training. */
final class ListRoot {

    private final Path start;
    private final Path root;
    private @Nullable Path realRoot;
    private @Nullable Path folder; // the last one that was looked at
    private boolean inside;

    private ListRoot(Path start, Path root) {
        this.start = start.toAbsolutePath();
        this.root = root.toAbsolutePath().normalize();
    }

    /** Names as on the command line: relative to the working directory, leading anywhere, if the user names no folder. */
    static ListRoot of(@Nullable Path named) {
        Path here = Path.of("").toAbsolutePath();
        return named == null ? new ListRoot(here, here.getRoot()) : new ListRoot(named, named);
    }

    /** The folder of a list, if the user names no other. */
    static ListRoot of(@Nullable Path named, Path list) {
        return of(named == null ? list.toAbsolutePath().resolveSibling("") : named);
    }

    InputImage image(String name, Map<String, Object> columns) {
        try {
            Path file = start.resolve(name).normalize();
            String other = file.toFile().exists()
                    ? ""
                    : ImageNames.withoutSpaces(name, bare -> Files.exists(start.resolve(bare)));
            if (!other.isEmpty()) {
                return InputImage.unusable(name, columns, "there is no such file" + other);
            }
            return isInside(file)
                    ? InputImage.of(name, file, columns)
                    : InputImage.unusable(name, columns, "is outside " + root + "; --root names a folder around it");
        } catch (InvalidPathException e) {
            return InputImage.unusable(name, columns, "no name of a file: " + e.getReason());
        }
    }

    private boolean isInside(Path file) {
        if (!file.startsWith(root)) {
            return false;
        }
        if (Files.isSymbolicLink(file)) {
            return isReallyInside(file);
        }
        Path around = file.resolveSibling("");
        if (!around.equals(folder)) {
            inside = isReallyInside(around);
            folder = around;
        }
        return inside;
    }

    /** Takes what leads nowhere for inside; reading it says that it is not there. */
    private boolean isReallyInside(Path place) {
        try {
            Path real = realRoot == null ? root.toRealPath() : realRoot;
            realRoot = real;
            return place.toRealPath().startsWith(real);
        } catch (IOException e) {
            return true;
        }
    }
}
