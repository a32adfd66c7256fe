package io.numclip.runner;

import io.numclip.host.Offline;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.runner.command.NumClipCommand;
import io.numclip.runner.terminal.Console;
import io.numclip.runner.terminal.Services;

/** The program {@code numclip}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Offline.ensure();
        Console console = Console.system();
        GracefulEnd end = GracefulEnd.install(console);
        end.exit(run(console, PluginFolders.fromSystemProperties(), arguments));
    }

    /** @return the exit code */
    static int run(Console console, PluginFolders folders, String... arguments) {
        Services services = new Services(console, folders);
        try {
            return NumClipCommand.commandLine(services, arguments).execute(arguments);
        } catch (RuntimeException | Error failure) { // such as one while the command line is read
            return services.failures().report(failure);
        }
    }
}
