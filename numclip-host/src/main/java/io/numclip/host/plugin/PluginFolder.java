package io.numclip.host.plugin;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The contents of the plugins folder.
 *
 * @param files jars and zips, by name
 * @param notices about entries that look like plugins and are not
 */
record PluginFolder(List<Path> files, List<String> notices) {

    static PluginFolder scan(Path folder) {
        if (!Files.isDirectory(folder)) {
            return new PluginFolder(List.of(), List.of());
        }
        try (Stream<Path> listing = Files.list(folder)) {
            List<Path> all = listing.sorted().toList();
            List<Path> files = all.stream()
                    .filter(path -> isArchive(path) && !Files.isDirectory(path))
                    .toList();
            List<String> notices =
                    all.stream().flatMap(path -> notice(path).stream()).toList();
            return new PluginFolder(files, notices);
        } catch (IOException e) {
            throw new NumClipException(
                    e instanceof AccessDeniedException ? NumClipException.Kind.NOT_PERMITTED : NumClipException.Kind.IO,
                    "plugins folder " + folder + " cannot be read: " + e.getMessage(),
                    "check its permissions, or name another with -Dnumclip.plugins=DIR",
                    e);
        }
    }

    private static Optional<String> notice(Path entry) {
        if (Files.isDirectory(entry)) {
            return Optional.of(entry + " is a folder and is ignored: plugins are jars and zips");
        }
        return entry.endsWith(PluginFolders.LOCK) && isOpenToOthers(entry)
                ? Optional.of(
                        "others than its owner may write " + entry + ", and so trust a plugin: chmod go-w " + entry)
                : Optional.empty();
    }

    private static boolean isOpenToOthers(Path file) {
        try {
            Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
            return allowed.contains(PosixFilePermission.GROUP_WRITE)
                    || allowed.contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // not known here
        }
    }

    private static boolean isArchive(Path path) {
        return hasEnding(path, ".jar") || hasEnding(path, ".zip");
    }

    static boolean hasEnding(Path path, String ending) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }
}
