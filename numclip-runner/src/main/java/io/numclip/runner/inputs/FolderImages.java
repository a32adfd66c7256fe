package io.numclip.runner.inputs;

import io.numclip.image.ImageNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The images in a folder and the folders in it, in natural order. Only the names in the folders between the first one and the
 * present image are kept in memory, not those of all files.
 */
final class FolderImages implements Iterator<InputImage> {

    private final Predicate<Path> wanted;
    private final int depth;
    private final LeftOut leftOut;
    private final Deque<Level> levels = new ArrayDeque<>();
    private @Nullable Path next;

    /** @param names not as text, which would lose those that are not UTF-8 */
    private record Level(Path folder, Iterator<Path> names) {}

    /**
     * @param wanted which files are asked for, such as those that match a pattern
     * @param depth of folders that is looked into; 1: the folder alone
     * @param leftOut told of what else there is
     */
    FolderImages(Path folder, Predicate<Path> wanted, int depth, LeftOut leftOut) {
        this.wanted = wanted;
        this.depth = depth;
        this.leftOut = leftOut;
        try {
            enter(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.next = search();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public InputImage next() {
        Path found = next;
        if (found == null) {
            throw new NoSuchElementException();
        }
        next = search();
        return InputImage.of(found);
    }

    private void enter(Path folder) throws IOException {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(entry -> names.add(entry.getFileName()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(Comparator.comparing(Path::toString, NaturalOrder.INSTANCE));
        levels.push(new Level(folder, names.iterator()));
    }

    /** A folder below the one that was named must not end the others. */
    private void tryToEnter(Path folder) {
        try {
            enter(folder);
        } catch (IOException e) {
            leftOut.unreadFolder(folder, e);
        }
    }

    private @Nullable Path search() {
        while (!levels.isEmpty()) {
            Level level = levels.element();
            if (!level.names().hasNext()) {
                levels.pop();
                continue;
            }
            Path entry = level.folder().resolve(level.names().next());
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                if (levels.size() < depth) {
                    tryToEnter(entry);
                }
            } else if (wanted.test(entry) && isImage(entry)) {
                return entry;
            }
        }
        return null;
    }

    /** A pipe or dead link with the name of an image, and a link to a folder, are no files. */
    private boolean isImage(Path entry) {
        boolean named = ImageNames.isImage(entry.getFileName().toString());
        if (Files.isRegularFile(entry)) {
            if (!named) {
                leftOut.other(entry);
            }
            return named;
        }
        if (named || Files.isDirectory(entry)) {
            leftOut.noFile(entry);
        }
        return false;
    }
}
