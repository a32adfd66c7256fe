package io.numclip.dataset;

import io.numclip.sample.SampleWorld;
import io.numclip.storage.Fingerprint;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A digest of the code that draws a world: all of the plugin, and of the host the packages {@code data} and
 * {@code sample}, on which alone samples are drawn. A digest of the pixels would tell as much, but only after drawing
 * every image; a version that a person raises is forgotten.
 */
final class DrawingCode {

    private static final List<String> EVERYTHING = List.of("");
    private static final List<String> HELPERS = List.of("io/numclip/data", "io/numclip/sample");

    private final Fingerprint digest = new Fingerprint();

    private DrawingCode() {}

    /** @return text that changes when the code does; where the code cannot be found, text that is never the same */
    static String of(SampleWorld world) throws IOException {
        DrawingCode code = new DrawingCode();
        code.add(places(world.getClass()), EVERYTHING);
        code.add(source(SampleWorld.class), HELPERS);
        return code.digest.hex();
    }

    /** A plugin's loader knows all its places, those of libraries too. */
    private static List<URL> places(Class<?> type) {
        return type.getClassLoader() instanceof URLClassLoader plugin ? List.of(plugin.getURLs()) : source(type);
    }

    private static List<URL> source(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null ? List.of() : List.of(source.getLocation());
    }

    private void add(List<URL> places, List<String> folders) throws IOException {
        if (places.isEmpty()
                || !places.stream().allMatch(url -> url.getProtocol().equals("file"))) {
            digest.add(UUID.randomUUID().toString()); // such as a jar in a jar
            return;
        }
        for (URL url : places) {
            Path place = Path.of(URI.create(url.toString()));
            if (Files.isDirectory(place)) {
                add(place, folders);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(place)) {
                    add(jar.getPath("/"), folders);
                }
            }
        }
    }

    private void add(Path root, List<String> folders) throws IOException {
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    digest.add(root.relativize(file).toString()).add(file);
                }
            }
        }
    }
}
