package io.numclip.runner.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import io.numclip.runner.RunnerModule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCatalogTest {

    @TempDir
    Path folder;

    @Test
    void builtInsComeThroughTheExtensionIndexOfTheClassPath() {
        PluginFolders folders = new PluginFolders(folder.resolve("plugins"), folder.resolve("cache"));

        PluginCatalog catalog = Guice.createInjector(new RunnerModule(folders)).getInstance(PluginCatalog.class);

        assertThat(catalog.components())
                .allMatch(component -> component.origin().equals(Component.BUILT_IN));
    }
}
