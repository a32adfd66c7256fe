package io.numclip.runner.command;

import static io.numclip.testing.PluginJarBuilder.taskPlugin;
import static io.numclip.testing.TestTaskSource.taskClass;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.testing.TestTaskSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that are loaded, and use a class of the host only when their code runs. */
class ClosedPluginTest {

    @TempDir
    private Path folder;

    @Test
    void aTaskThatUsesGuiceWhenItIsMadeFailsAlone() throws Exception {
        TestingConsole console =
                with("return new Task();", "com.google.inject.Guice.class.getName(); return new Task();");
        assertThat(console.run("plugins", "list")).isZero();
        assertThat(console.run("train", "bad")).as(console.err()).isEqualTo(69);
        assertThat(console.err())
                .contains("plugin bad uses class com.google.inject.Guice, which is closed to plugins")
                .contains("io.numclip.spi, .data, .dataset and .sample")
                .doesNotContain("at io.numclip");
    }

    @Test
    void aTaskThatUsesTheClipForItsImagesFailsAlone() throws Exception {
        TestingConsole console =
                with("return new LabelScale(", "io.numclip.clip.ClipBackbone.class.getName(); return new LabelScale(");
        assertThat(console.run("train", "bad")).as(console.err()).isEqualTo(69);
        assertThat(console.err())
                .contains("plugin bad uses class io.numclip.clip.ClipBackbone, which is closed to plugins")
                .doesNotContain("at io.numclip");
    }

    private TestingConsole with(String code, String changed) throws Exception {
        String source = TestTaskSource.text("bad");
        assertThat(source).contains(code);
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Path jar = taskPlugin("bad")
                .sources(Map.of(taskClass("bad"), source.replace(code, changed)))
                .entry("numclip/bad.yaml", "task: {type: bad}\nbinning: {type: quantile, concepts: [low, high]}\n")
                .writeTo(plugins.resolve("bad.jar"));
        PluginFolders folders = new PluginFolders(plugins);
        PluginHost.of(folders).trust(jar);
        return new TestingConsole(PluginHost.of(folders).load(), folder);
    }
}
