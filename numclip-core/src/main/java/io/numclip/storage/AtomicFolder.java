package io.numclip.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
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
     * Creates or replaces a folder. A crash leaves the old one, the new one or, between two renames, hidden siblings.
     */
    public static void write(Path folder, Content content) throws IOException {
        Path target = folder.toAbsolutePath();
        Path parent = Files.createDirectories(target.resolveSibling(""));
        Path fresh = Files.createDirectory(hiddenSibling(target, ".new"));
        try {
            content.writeTo(fresh);
            for (Path file : list(fresh)) {
                force(file, StandardOpenOption.WRITE);
            }
            replace(target, fresh);
            forceFolder(parent);
        } finally {
            delete(fresh);
        }
    }

    private static void replace(Path target, Path fresh) throws IOException {
        if (!Files.exists(target)) {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Path old = hiddenSibling(target, ".old");
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        delete(old);
    }

    /** Not a temporary directory of the system: only its owner could read it. */
    private static Path hiddenSibling(Path target, String ending) {
        return target.resolveSibling("." + target.getFileName() + ending + UUID.randomUUID());
    }

    /** The entries of a folder, sorted by name. */
    public static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
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

    private static void force(Path file, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(file, option)) {
            channel.force(true);
        }
    }

    /** Makes renames durable, where the system can open a folder like a file. */
    private static void forceFolder(Path folder) {
        try {
            force(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            return; // Windows refuses this and does not need it
        }
    }
}
