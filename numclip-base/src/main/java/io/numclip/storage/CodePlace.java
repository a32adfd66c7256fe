package io.numclip.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Where code is from, for digests: a jar, a folder of classes, or what a plugin's class loader holds in memory. */
public sealed interface CodePlace {

    /** The class loader of a plugin, which knows all its code. */
    interface Holder {

        /** The plugin's id. */
        String id();

        String version();

        List<CodePlace> code();
    }

    /**
     * Adds names and contents of the files below some folders: a jar that is built again from the same sources adds the
     * same.
     *
     * @param folders the empty name is all of it
     */
    void addTo(Fingerprint digest, List<String> folders) throws IOException;

    /** All of a plugin, or the place that the class is from. */
    static List<CodePlace> allOf(Class<?> type) {
        return type.getClassLoader() instanceof Holder plugin ? plugin.code() : List.of(of(type));
    }

    /** The place that the class is from. */
    static CodePlace of(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        boolean isFile = source != null && source.getLocation().getProtocol().equals("file");
        return isFile ? of(Path.of(URI.create(source.getLocation().toString()))) : new Unknown();
    }

    /** @param place a jar or a folder of classes */
    static CodePlace of(Path place) {
        return new OnDisk(place);
    }

    /** @param entries by name, such as {@code com/example/Words.class} */
    static CodePlace of(SortedMap<String, byte[]> entries) {
        return new Memory(entries);
    }

    /** A jar or a folder. */
    record OnDisk(Path place) implements CodePlace {
        @Override
        public void addTo(Fingerprint digest, List<String> folders) throws IOException {
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

    /** Entries in memory. */
    record Memory(SortedMap<String, byte[]> entries) implements CodePlace {
        @Override
        public void addTo(Fingerprint digest, List<String> folders) {
            for (String folder : folders) {
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    if (folder.isEmpty() || entry.getKey().startsWith(folder + "/")) {
                        digest.add(entry.getKey()).add(entry.getValue());
                    }
                }
            }
        }
    }

    /** Such as a jar in a jar: code that cannot be found is never taken for the same. */
    record Unknown() implements CodePlace {
        @Override
        public void addTo(Fingerprint digest, List<String> folders) {
            digest.add(UUID.randomUUID().toString());
        }
    }
}
