package io.numclip.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/** The files of code, for digests: jars and class folders. */
public final class CodeFiles {

    private CodeFiles() {}

    /** Those of a plugin's loader, which knows all its places, or the one that the class is from; empty if unknown. */
    public static List<URL> placesOf(Class<?> type) {
        return type.getClassLoader() instanceof URLClassLoader plugin ? List.of(plugin.getURLs()) : placeOf(type);
    }

    /** The one that the class is from; empty if unknown. */
    public static List<URL> placeOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null ? List.of() : List.of(source.getLocation());
    }

    /** @param place a URL of the file system */
    public static Path path(URL place) {
        return Path.of(URI.create(place.toString()));
    }

    /**
     * Adds names and contents of the files below some folders: a jar that is built again from the same sources adds the
     * same.
     *
     * @param place a jar or a class folder
     * @param folders in it; the empty name is all of it
     */
    public static void add(Fingerprint digest, Path place, List<String> folders) throws IOException {
        if (Files.isDirectory(place)) {
            addBelow(digest, place, folders);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                addBelow(digest, jar.getPath("/"), folders);
            }
        }
    }

    private static void addBelow(Fingerprint digest, Path root, List<String> folders) throws IOException {
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    digest.add(root.relativize(file).toString()).add(file);
                }
            } catch (UncheckedIOException failure) {
                throw failure.getCause();
            }
        }
    }
}
