package io.numclip.host.plugin;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Unpacked plugins, each in a folder named after its SHA-256. A folder is valid only with its marker, which is written
 * last; it is created under another name and then renamed, so that two programs can start at the same time.
 */
final class PluginCache {

    private static final String MARKER = ".unpacked";

    private final Path root;

    PluginCache(Path root) {
        this.root = root;
    }

    /** @return the folder of the unpacked plugin, from an earlier run or new */
    Path unpacked(PluginFile file) throws IOException {
        Path folder = root.resolve(file.sha256());
        if (isComplete(folder)) {
            return folder;
        }
        Files.createDirectories(root);
        Path work = Files.createTempDirectory(root, "unpacking-");
        try {
            Path fresh = unpackInto(work, file);
            if (!isComplete(folder)) {
                deleteTree(folder);
            }
            moveUnlessThere(fresh, folder);
        } finally {
            deleteTree(work);
        }
        return folder;
    }

    private static boolean isComplete(Path folder) {
        return Files.isRegularFile(folder.resolve(MARKER));
    }

    private static Path unpackInto(Path work, PluginFile file) throws IOException {
        Path archive = Files.write(work.resolve("archive"), file.content());
        Path fresh = Files.createDirectory(work.resolve("plugin"));
        PluginUnpacker.unpack(file, archive, fresh);
        Files.writeString(fresh.resolve(MARKER), file.name() + System.lineSeparator());
        return fresh;
    }

    private static void moveUnlessThere(Path fresh, Path folder) throws IOException {
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!isComplete(folder)) {
                throw e;
            }
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(folder)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
