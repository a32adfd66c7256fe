package io.numclip.host.plugin;

import static io.numclip.testing.PluginJarBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCacheTest {

    @TempDir
    Path folder;

    @Test
    void fileSwappedAfterItsHashWasTakenIsNotUnpacked() throws IOException {
        PluginFile file = PluginFile.read(jar("trusted"));
        jar("swapped");

        Path unpacked = cache().unpacked(file);

        assertThat(unpacked).hasFileName(file.sha256());
        assertThat(unpacked.resolve("classes/text")).hasContent("trusted");
    }

    @Test
    void secondTimeTakesWhatIsThere() throws IOException {
        PluginFile file = PluginFile.read(jar("text"));
        Path text = cache().unpacked(file).resolve("classes/text");
        Files.writeString(text, "from the first time");

        cache().unpacked(file);

        assertThat(text).hasContent("from the first time");
    }

    @Test
    void halfUnpackedFolderIsReplaced() throws IOException {
        PluginFile file = PluginFile.read(jar("whole"));
        Path half = Files.createDirectories(
                folder.resolve("cache").resolve(file.sha256()).resolve("classes"));
        Files.writeString(half.resolve("text"), "ha");
        Files.writeString(half.resolve("left-over"), "");

        cache().unpacked(file);

        assertThat(half.resolve("text")).hasContent("whole");
        assertThat(half.resolve("left-over")).doesNotExist();
    }

    @Test
    void refusedFileLeavesNothing() throws IOException {
        PluginFile file = PluginFile.read(plugin("bad").entry("../text", "").writeTo(folder.resolve("plugin.jar")));

        assertThatThrownBy(() -> cache().unpacked(file)).isInstanceOf(PluginRefusedException.class);

        try (Stream<Path> left = Files.list(folder.resolve("cache"))) {
            assertThat(left).isEmpty();
        }
    }

    private PluginCache cache() {
        return new PluginCache(folder.resolve("cache"));
    }

    private Path jar(String text) {
        return plugin("plugin").entry("text", text).writeTo(folder.resolve("plugin.jar"));
    }
}
