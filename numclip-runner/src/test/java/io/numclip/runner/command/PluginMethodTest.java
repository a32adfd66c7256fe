package io.numclip.runner.command;

import static io.numclip.testing.PluginJarBuilder.taskPlugin;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import io.numclip.runner.terminal.TestingConsole;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A method file in a plugin is a method like those of the program. */
class PluginMethodTest {

    private static final String METHOD = """
            method: {name: mine, title: Mine, source: "myself, 2026"}
            fineHead: {type: ssr}
            """;

    @TempDir
    private Path folder;

    private TestingConsole console;

    @BeforeEach
    void loadPlugin() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginFolders folders = new PluginFolders(plugins);
        PluginHost.of(folders)
                .trust(taskPlugin("good")
                        .entry("numclip/good.yaml", "task: {type: good}\nbinning: {type: quantile, concepts: [a, b]}\n")
                        .entry("numclip/methods/mine.yaml", METHOD)
                        .writeTo(plugins.resolve("good.jar")));
        console = new TestingConsole(PluginHost.of(folders).load(), folder);
    }

    @Test
    void itIsListedWithItsPlugin() {
        console.run("config", "components", "methods").isZero();
        assertThat(console.out()).contains("  mine  (Mine, plugin good 1.0.0)\n      myself, 2026\n");
    }

    /** The task has no images, which is found after the configuration. */
    @Test
    void itIsChosenByItsName() {
        console.run("train", "good", "--method", "mine").isNotIn(0, 70, 78);
        console.run("train", "good", "--method", "minne").isEqualTo(78);
        assertThat(console.err()).contains("Did you mean \"mine\"?");
    }
}
