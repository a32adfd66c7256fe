package io.numclip.runner.terminal;

import io.numclip.host.message.Console;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.runner.command.NumClipCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** The whole command line with everything it prints kept. */
public final class TestingConsole {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter() {
        @Override
        public void flush() {
            if (!stop.isEmpty() && toString().contains(stop)) {
                stop = "";
                Thread.currentThread().interrupt();
            }
        }
    };
    private final Services services;
    private String stop = "";

    public TestingConsole(PluginCatalog catalog, Path empty) {
        services = new Services(
                new Console(new PrintWriter(out), new PrintWriter(err), false), new PluginFolders(empty), catalog);
    }

    /** @return the exit code */
    public int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Thread.interrupted(); // what an earlier command was asked is over
        return NumClipCommand.commandLine(services, arguments)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .execute(arguments);
    }

    /** Asks the next command to stop, as Ctrl-C does, once it has said this to standard error. */
    public void stopAfter(String progress) {
        stop = progress;
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }
}
