package io.numclip.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.message.Console;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.runner.terminal.Services;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NumClipCommandTest {

    private static final Services SERVICES = new Services(
            new Console(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), false),
            new PluginFolders(Path.of("none")));

    private static Set<String> commands(String... arguments) {
        return new TreeSet<>(
                NumClipCommand.commandLine(SERVICES, arguments).getSubcommands().keySet());
    }

    @Test
    void commandThatIsAskedForIsDescribedAlone() {
        Set<String> all = commands();
        assertThat(all).contains("train", "predict", "plugins", "help");
        for (String name : all) {
            Set<String> described = commands(name, "--help");
            boolean needsAll = name.equals("help") || name.equals("generate-completion");
            assertThat(described).isEqualTo(needsAll ? all : Set.of("help", name));
        }
    }

    @Test
    void whoMistypesACommandIsToldOfAll() {
        assertThat(commands("pretict", "run", "image.png")).isEqualTo(commands());
    }
}
