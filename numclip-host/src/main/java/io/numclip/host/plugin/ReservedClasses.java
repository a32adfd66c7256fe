package io.numclip.host.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Looks for classes in packages that belong to the host; a copy of them in a plugin can only do harm. */
final class ReservedClasses {

    private static final Pattern VERSIONED = Pattern.compile("^META-INF/versions/\\d+/");

    private ReservedClasses() {}

    static void refuseIn(Path unpacked) throws IOException {
        List<String> found = new ArrayList<>();
        Path classes = unpacked.resolve("classes");
        for (Path file : filesUnder(classes)) {
            addIfReserved(classes.relativize(file).toString().replace('\\', '/'), found);
        }
        for (Path library : filesUnder(unpacked.resolve("lib"))) {
            if (PluginFolder.hasEnding(library, ".jar")) {
                namesIn(library).forEach(name -> addIfReserved(name, found));
            }
        }
        if (!found.isEmpty()) {
            throw new PluginRefusedException(
                    "contains " + found.size() + (found.size() == 1 ? " class" : " classes")
                            + " of packages that belong to the host, such as " + found.get(0),
                    "leave them out: depend on numclip-core with scope provided, and keep your classes in packages of"
                            + " your own");
        }
    }

    private static void addIfReserved(String file, List<String> found) {
        String path = VERSIONED.matcher(file).replaceFirst("");
        if (!path.endsWith(".class")) {
            return;
        }
        String className = path.substring(0, path.length() - ".class".length()).replace('/', '.');
        if (SharedPackages.isReserved(className)) {
            found.add(className);
        }
    }

    private static List<String> namesIn(Path library) throws IOException {
        try (ZipFile zip = new ZipFile(library.toFile())) {
            return zip.stream().map(ZipEntry::getName).sorted().toList();
        }
    }

    private static List<Path> filesUnder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
