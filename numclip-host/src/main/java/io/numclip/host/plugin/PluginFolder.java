package io.numclip.host.plugin;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
            List<String> notices = all.stream()
                    .filter(Files::isDirectory)
                    .map(path -> path + " is a folder and is ignored: plugins are jars and zips")
                    .toList();
            return new PluginFolder(files, notices);
        } catch (IOException e) {
            throw new NumClipException(
                    e instanceof AccessDeniedException ? NumClipException.Kind.NOT_PERMITTED : NumClipException.Kind.IO,
                    "plugins folder " + folder + " cannot be read: " + e.getMessage(),
                    "check its permissions, or name another with -Dnumclip.plugins=DIR",
                    e);
        }
    }

    private static boolean isArchive(Path path) {
        return hasEnding(path, ".jar") || hasEnding(path, ".zip");
    }

    static boolean hasEnding(Path path, String ending) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }
}
