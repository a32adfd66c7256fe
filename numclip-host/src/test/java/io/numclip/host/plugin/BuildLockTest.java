package io.numclip.host.plugin;

import static io.numclip.testing.PluginJarBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildLockTest {

    @TempDir
    Path root;

    @BeforeEach
    void buildModule() throws IOException {
        Files.createDirectories(root.resolve("numclip-tasks-age/target"));
        Files.createDirectories(plugins());
        plugin("age").writeTo(root.resolve("numclip-tasks-age/target/numclip-tasks-age-2.0.0.jar"));
    }

    @Test
    void builtPluginsAreListed() throws IOException {
        lock();

        assertThat(trusted().entries())
                .extracting(Object::toString)
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith("  numclip-tasks-age-2.0.0.jar  build"));
    }

    @Test
    void strangersAreNotListedWhateverTheirName() throws IOException {
        Path stranger = plugin("stranger").writeTo(plugins().resolve("numclip-tasks-stranger-2.0.0.jar"));
        Path swapped = plugin("stranger").entry("x", "").writeTo(plugins().resolve("numclip-tasks-age-2.0.0.jar"));

        lock();

        assertThat(trusted().contains(PluginFile.read(stranger).sha256())).isFalse();
        assertThat(trusted().contains(PluginFile.read(swapped).sha256())).isFalse();
        assertThat(stranger).exists();
    }

    @Test
    void jarsOfOlderBuildsAreCleared() throws IOException {
        Path old = plugin("age").writeTo(plugins().resolve("numclip-tasks-age-1.0.0.jar"));

        lock();

        assertThat(old).doesNotExist();
    }

    @Test
    void linesOfTheUserStay() throws IOException {
        String sha256 = "a".repeat(64);
        TrustList.read(lockFile()).withUser(sha256, "mine.jar").write(lockFile());

        lock();
        lock();

        assertThat(trusted().contains(sha256)).isTrue();
        assertThat(trusted().entries()).hasSize(2);
    }

    private void lock() throws IOException {
        BuildLock.lock(root, plugins(), "2.0.0");
    }

    private TrustList trusted() {
        return TrustList.read(lockFile());
    }

    private Path plugins() {
        return root.resolve("plugins");
    }

    private Path lockFile() {
        return plugins().resolve("plugins.lock");
    }
}
