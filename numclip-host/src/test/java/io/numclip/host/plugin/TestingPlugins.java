package io.numclip.host.plugin;

import io.numclip.testing.PluginJarBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plugins folder of a test. */
final class TestingPlugins {

    private final Path root;
    private Duration limit = Duration.ofMinutes(1);

    TestingPlugins(Path root) {
        this.root = root;
    }

    PluginFolders folders() {
        return new PluginFolders(root.resolve("plugins"), limit);
    }

    /** How long a plugin may take to start. */
    void limit(Duration limit) {
        this.limit = limit;
    }

    Path file(String name) {
        return folders().plugins().resolve(name);
    }

    /** Everything that lies under the test's folder. */
    List<Path> allFiles() throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.toList();
        }
    }

    /** Writes a jar, or a zip where the name says so, and trusts it. */
    Path put(String name, PluginJarBuilder plugin) {
        return trust(putUntrusted(name, plugin));
    }

    Path putUntrusted(String name, PluginJarBuilder plugin) {
        return name.endsWith(".zip") ? plugin.writeZipTo(file(name)) : plugin.writeTo(file(name));
    }

    Path trust(Path file) {
        try {
            Path lockFile = folders().lockFile();
            TrustList.read(lockFile)
                    .withUser(PluginFile.read(file).sha256(), file.getFileName().toString())
                    .write(lockFile);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PluginCatalog load() {
        return host().load();
    }

    PluginHost host() {
        return PluginHost.of(folders());
    }

    /** What users read about the refused, without what differs between machines and runs. */
    String refusals(PluginCatalog catalog) {
        return normalised(
                catalog.refusals().stream().map(PluginRefusal::toString).collect(Collectors.joining("\n")));
    }

    String normalised(String text) {
        return text.replace(root.toString(), "<root>")
                .replaceAll("[0-9a-f]{64}", "<sha256>")
                .replaceAll(" \\(it is in [^)]*\\)\\)", " (it is in <frame>)")
                .replaceAll("up to \\d+\\.\\d+", "up to <this Java>")
                .replaceAll("may use, \\d+ MB", "may use, <heap> MB")
                .replace("\r\n", "\n");
    }
}
