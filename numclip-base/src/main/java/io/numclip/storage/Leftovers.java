package io.numclip.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The temporary names of files and folders that are written as a whole, and what is left under them after a crash. */
public final class Leftovers {

    private static final String ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern PART = Pattern.compile("(.+)\\." + ID + "\\.part", Pattern.DOTALL);
    private static final Pattern FOLDER = Pattern.compile("\\.(.+)\\.(new|old)" + ID, Pattern.DOTALL);
    private static final Duration LONGEST_WRITE = Duration.ofDays(1);

    private Leftovers() {}

    static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
    }

    static Path newFolder(Path folder) {
        return hidden(folder, ".new");
    }

    static Path oldFolder(Path folder) {
        return hidden(folder, ".old");
    }

    /** Not a temporary directory of the system: only its owner could read it. */
    private static Path hidden(Path folder, String ending) {
        return folder.resolveSibling("." + folder.getFileName() + ending + UUID.randomUUID());
    }

    /** Clears a folder in which nobody writes; one that was about to be replaced gets its name back. */
    public static void recover(Path folder) throws IOException {
        recover(folder, name -> true);
    }

    private static void recover(Path folder, Predicate<String> of) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (Path entry : AtomicFolder.list(folder)) {
            Matcher hidden = FOLDER.matcher(entry.getFileName().toString());
            if (hidden.matches() && isFolder(entry) && of.test(hidden.group(1))) {
                Path target = folder.resolve(hidden.group(1));
                if (hidden.group(2).equals("old") && !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(entry, target, StandardCopyOption.ATOMIC_MOVE);
                } else {
                    AtomicFolder.delete(entry);
                }
            } else if (isPart(entry, of)) {
                Files.deleteIfExists(entry);
            }
        }
    }

    /** Deletes unfinished files that are older than a day, in a folder in which others may be writing. */
    public static void clearOld(Path folder) {
        clearOld(folder, name -> true);
    }

    /** As {@link #recover(Path)}, for a file or folder that nobody else is writing; what lies beside it is left alone. */
    public static void clearOf(Path target) throws IOException {
        recover(target.toAbsolutePath().resolveSibling(""), target.getFileName().toString()::equals);
    }

    /** As {@link #clearOld(Path)}, those of one file. */
    static void clearOldOf(Path file) {
        clearOld(file.resolveSibling(""), file.getFileName().toString()::equals);
    }

    /** What cannot be deleted only takes space. */
    private static void clearOld(Path folder, Predicate<String> ofFile) {
        Instant oldest = Instant.now().minus(LONGEST_WRITE);
        try {
            for (Path entry : AtomicFolder.list(folder)) {
                if (isPart(entry, ofFile)
                        && Files.getLastModifiedTime(entry).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(entry);
                }
            }
        } catch (IOException e) {
            return;
        }
    }

    private static boolean isPart(Path entry, Predicate<String> ofFile) {
        Matcher part = PART.matcher(entry.getFileName().toString());
        return part.matches() && ofFile.test(part.group(1)) && !isFolder(entry);
    }

    private static boolean isFolder(Path entry) {
        return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
    }
}
