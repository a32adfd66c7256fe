package io.numclip.runner;

import io.numclip.host.Offline;
import io.numclip.host.message.Console;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.machine.ProcessorShare;
import io.numclip.runner.command.NumClipCommand;
import io.numclip.runner.terminal.Services;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The program {@code numclip}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        run(NumClipCommand::commands, arguments);
    }

    /** @param commands the commands of the program, by name */
    public static void run(Function<Services, Map<String, Supplier<Object>>> commands, String... arguments) {
        Offline.ensure();
        ProcessorShare.ensure();
        Console console = Console.system();
        Services services = new Services(console, PluginFolders.fromSystemProperties(), Main.class);
        GracefulEnd end = GracefulEnd.install(console, services.ending(), services::pluginWith);
        end.exit(run(services, commands, arguments));
    }

    /** @return the exit code */
    private static int run(
            Services services, Function<Services, Map<String, Supplier<Object>>> commands, String... arguments) {
        try {
            return NumClipCommand.commandLine(services, commands.apply(services), arguments)
                    .execute(arguments);
        } catch (RuntimeException | Error failure) { // such as one while the command line is read
            return told(services, failure);
        }
    }

    /** Does without further classes where the usual words cannot be loaded, as when no more files may be open. */
    private static int told(Services services, Throwable failure) {
        try {
            return services.failures().report(failure);
        } catch (RuntimeException | Error second) {
            System.err.println("error: Java cannot load what it needs: " + second + ", after " + failure);
            System.err.println("  fix: allow more open files (ulimit -n 4096) and see that no jar has been changed");
            return ExitCodes.MACHINE;
        }
    }
}
