package io.numclip.storage;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writes a folder under a temporary name next to its final place, and renames it when it is complete. */
public final class AtomicFolder {

    /** Fills a folder. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path folder) throws IOException;
    }

    private AtomicFolder() {}

    /**
     * Creates or replaces a folder. A crash leaves the old one, the new one or, between two renames, hidden siblings; the
     * next one who takes the {@link FolderLock} of the folder around it puts that in order.
     */
    public static void write(Path folder, Content content) throws IOException {
        Path target = folder.toAbsolutePath();
        Path fresh = Leftovers.newFolder(target);
        Path parent = CannotCreateException.unless(target, () -> {
            Files.createDirectories(target.resolveSibling(""));
            return Files.createDirectory(fresh).resolveSibling("");
        });
        try {
            NamedFailure.of(target, fresh, () -> {
                content.writeTo(fresh);
                for (Path file : list(fresh)) {
                    if (!Files.isDirectory(file)) { // a folder in it was written in the same way
                        AtomicFile.force(file, StandardOpenOption.WRITE);
                    }
                }
                return fresh;
            });
            AtomicFile.forceFolder(fresh);
            replace(target, fresh);
            AtomicFile.forceFolder(parent);
        } finally {
            delete(fresh);
        }
    }

    /**
     * Creates a folder, and clears what a process that was killed has left of it. Of two that create the same folder, one
     * fails.
     *
     * @throws NumClipException if there is something that it would replace
     */
    public static void create(Path folder, Content content) throws IOException {
        requireFree(folder);
        if (Files.exists(folder)) {
            FolderLock.take(folder).close(); // who has an empty folder is about to fill it
        }
        Leftovers.clearOf(folder);
        write(folder, content);
    }

    /** @throws NumClipException unless the folder {@link #isFree} */
    public static void requireFree(Path folder) throws IOException {
        if (!isFree(folder)) {
            throw new NumClipException(
                    Kind.OUTPUT, folder + " exists and is not an empty folder", "name a directory that does not exist");
        }
    }

    /** Replaces a folder of files by one that begins with the same files; the content is written over them. */
    public static void change(Path folder, Content content) throws IOException {
        write(folder, fresh -> {
            for (Path file : list(folder)) {
                if (Files.isRegularFile(file)) {
                    link(file, fresh.resolve(file.getFileName()));
                }
            }
            content.writeTo(fresh);
        });
    }

    /** Shares the content where the file system can, so that no large file is copied. */
    private static void link(Path file, Path other) throws IOException {
        try {
            Files.createLink(other, file);
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.copy(file, other);
        }
    }

    private static void replace(Path target, Path fresh) throws IOException {
        if (!Files.exists(target)) {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Path old = Leftovers.oldFolder(target);
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        delete(old);
    }

    /** The entries of a folder, sorted by name. */
    public static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    /** Whether a folder can be made here without replacing anything: nothing is there, or a folder that is empty but for its lock. */
    public static boolean isFree(Path folder) throws IOException {
        return !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
                || (Files.isDirectory(folder) && list(folder).stream().allMatch(FolderLock::isLock));
    }

    /** Deletes a folder and everything in it, if it exists. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
