package io.numclip.pretraining;

import io.numclip.host.message.Console;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.runner.command.NumClipCommand;
import io.numclip.runner.terminal.Services;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The command line of the program and of this module, with everything it prints kept. */
final class TestingProgram {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Services services;

    TestingProgram(PluginCatalog catalog, Path empty) {
        services = new Services(
                new Console(new PrintWriter(out), new PrintWriter(err), false), new PluginFolders(empty), catalog);
    }

    /** @return the exit code */
    int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>(NumClipCommand.commands(services));
        commands.put("pretrain", () -> new PretrainCommand(services));
        return NumClipCommand.commandLine(services, commands, arguments).execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
