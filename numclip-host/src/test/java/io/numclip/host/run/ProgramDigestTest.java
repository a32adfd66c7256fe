package io.numclip.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingCatalog;
import io.numclip.host.config.ExperimentReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramDigestTest {

    private static final String PLUGIN = Plugin.class.getName().replace('.', '/') + ".class";

    @TempDir
    Path folder;

    /** A class of a plugin. */
    private static final class Plugin {}

    @Test
    void anotherFileOfAPluginIsAnotherProgram() throws Exception {
        String first = digest("first");
        assertThat(digest("second")).isNotEqualTo(first);
        assertThat(digest("first")).isEqualTo(first); // a jar of the same files, built again
    }

    @Test
    void thePluginsThatAConfigurationUsesCount() throws IOException {
        ProgramDigest program = new ProgramDigest();
        ExperimentReader reader = new ExperimentReader(TestingCatalog.create(folder));
        String withTask = program.of(reader.read("brightness", List.of()));
        assertThat(withTask)
                .isNotEqualTo(program.of(List.of()))
                .isEqualTo(new ProgramDigest().of(reader.read("brightness", List.of())));
    }

    private String digest(String text) throws Exception {
        Path jar = folder.resolve("plugin.jar");
        write(jar, text);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            return new ProgramDigest().of(List.of(loader.loadClass(Plugin.class.getName())));
        }
    }

    private static void write(Path jar, String text) throws IOException {
        Files.deleteIfExists(jar);
        try (InputStream plugin = ProgramDigestTest.class.getClassLoader().getResourceAsStream(PLUGIN);
                FileSystem entries =
                        FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of("create", "true"))) {
            Path file = entries.getPath("/" + PLUGIN);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.write(file, Objects.requireNonNull(plugin).readAllBytes());
            Files.writeString(entries.getPath("/notes.txt"), text, StandardCharsets.UTF_8);
        }
    }
}
