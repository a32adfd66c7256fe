package io.numclip.runner;

import com.google.common.hash.Hashing;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A library in the local repository, of those that the program runs with: {@code …/org/pf4j/pf4j/3.15.0/pf4j-3.15.0.jar}. */
record ShippedJar(Path file) {

    /** Written by the build, see the {@code pom.xml}. */
    private static final Path CLASS_PATH = Path.of("target", "runtime-classpath.txt");

    /** All of them, without the modules of this build. */
    static List<ShippedJar> all() throws IOException {
        return Stream.of(Files.readString(CLASS_PATH).strip().split(File.pathSeparator))
                .map(Path::of)
                .filter(file -> !Files.isDirectory(file) && !name(file).startsWith("numclip-"))
                .map(ShippedJar::new)
                .toList();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    String name() {
        return name(file);
    }

    String version() {
        return name(file.getParent());
    }

    /** @param component group and artifact, such as {@code org.pf4j:pf4j} */
    boolean is(String component) {
        return file.getParent().getParent().endsWith(component.replace('.', '/').replace(':', '/'));
    }

    String sha256() throws IOException {
        return com.google.common.io.Files.asByteSource(file.toFile())
                .hash(Hashing.sha256())
                .toString();
    }
}
