package io.numclip.runner.command;

import static io.numclip.testing.PluginJarBuilder.taskPlugin;
import static io.numclip.testing.TestTaskSource.taskClass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numclip.data.NumClipException;
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
    void aPluginThatNamesAClassOfAClosedLibraryIsRefusedBeforeItRuns() throws Exception {
        Path jar = plugin("return new Task();", "com.google.inject.Guice.class.getName(); return new Task();");
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(
                        () -> PluginHost.of(new PluginFolders(jar.getParent())).trust(jar))
                .withMessageContaining(
                        "class example.bad.Task$Factory uses class com.google.inject.Guice, which is closed to plugins");
    }

    @Test
    void aTaskThatLooksForAClosedClassWhenItsImagesAreReadFailsAlone() throws Exception {
        Path jar = plugin(
                "return new LabelScale(",
                "try { Class.forName(\"io.numclip.clip.tower.ClipBackbone\"); } catch (ClassNotFoundException e) {"
                        + " throw new IllegalStateException(e); } return new LabelScale(");
        PluginFolders folders = new PluginFolders(jar.getParent());
        PluginHost.of(folders).trust(jar);
        TestingConsole console = new TestingConsole(PluginHost.of(folders).load(), folder);
        console.run("plugins", "list").isZero();
        console.run("train", "bad").isEqualTo(69);
        assertThat(console.err())
                .contains("plugin bad uses class io.numclip.clip.tower.ClipBackbone, which is closed to plugins")
                .contains("io.numclip.spi, .data, .dataset and .sample")
                .doesNotContain("at io.numclip");
    }

    private Path plugin(String code, String changed) throws Exception {
        String source = TestTaskSource.text("bad");
        assertThat(source).contains(code);
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        return taskPlugin("bad")
                .sources(Map.of(taskClass("bad"), source.replace(code, changed)))
                .entry("numclip/bad.yaml", "task: {type: bad}\nbinning: {type: quantile, concepts: [low, high]}\n")
                .writeTo(plugins.resolve("bad.jar"));
    }
}
