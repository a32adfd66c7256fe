package io.numclip.host.run;

import io.numclip.host.config.Configured;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.storage.Fingerprint;
import io.numclip.training.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** SHA-256 over the code that an experiment runs: core, host, and the plugins of its components. */
final class ProgramDigest {

    private final Map<Path, String> known = new HashMap<>();

    String of(ExperimentConfig config) throws IOException {
        return of(components(config)
                .<Class<?>>map(component -> component.factory().getClass())
                .toList());
    }

    /** @param factories of the components */
    String of(List<Class<?>> factories) throws IOException {
        TreeSet<String> digests = new TreeSet<>();
        for (Class<?> type : Stream.concat(Stream.of(Trainer.class, ProgramDigest.class), factories.stream())
                .toList()) {
            for (Path place : places(type)) {
                digests.add(digest(place));
            }
        }
        return new Fingerprint().add(String.join(",", digests)).hex();
    }

    private static Stream<Configured<?>> components(ExperimentConfig config) {
        Stream<Configured<?>> single = Stream.of(
                config.task(),
                config.binning(),
                config.prompts(),
                config.coarseHead(),
                config.fineHead(),
                config.zeroShot().binning(),
                config.zeroShot().coarseHead(),
                config.zeroShot().fineHead());
        return Stream.concat(single, config.losses().stream().map(loss -> loss.loss()));
    }

    /** Jars or class folders: all those of a plugin, or the one of a class of the program. */
    private static List<Path> places(Class<?> type) {
        if (type.getClassLoader() instanceof URLClassLoader plugin) {
            return Stream.of(plugin.getURLs()).map(ProgramDigest::path).toList();
        }
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null ? List.of() : List.of(path(source.getLocation()));
    }

    private static Path path(URL place) {
        try {
            return Path.of(place.toURI());
        } catch (URISyntaxException unusual) {
            throw new IllegalStateException("code from " + place, unusual);
        }
    }

    private String digest(Path place) throws IOException {
        String digest = known.get(place);
        if (digest == null) {
            digest = Files.isRegularFile(place) ? ofJar(place) : ofFolder(place);
            known.put(place, digest);
        }
        return digest;
    }

    /** Of the entries: a jar that is built again from the same sources keeps its digest. */
    private static String ofJar(Path jar) throws IOException {
        try (FileSystem entries = FileSystems.newFileSystem(jar)) {
            return ofFolder(entries.getPath("/"));
        }
    }

    private static String ofFolder(Path folder) throws IOException {
        Fingerprint digest = new Fingerprint();
        if (!Files.exists(folder)) {
            return digest.hex(); // a class path may name folders that are not there
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.add(folder.relativize(file).toString()).add(file);
            }
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        return digest.hex();
    }
}
