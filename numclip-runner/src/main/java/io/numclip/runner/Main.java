package io.numclip.runner;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.numclip.runner.command.NumClipCommand;
import io.numclip.runner.plugin.PluginCatalog;
import io.numclip.runner.plugin.PluginFolders;
import io.numclip.runner.plugin.PluginHost;

/** The program {@code numclip}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        stayOffline();
        GracefulEnd end = GracefulEnd.install();
        end.exit(run(Console.system(), PluginFolders.fromSystemProperties(), arguments));
    }

    /** @return the exit code */
    static int run(Console console, PluginFolders folders, String... arguments) {
        Injector injector = Guice.createInjector(new RunnerModule(folders));
        Services services = new Services(
                console,
                folders,
                () -> injector.getInstance(PluginHost.class),
                () -> injector.getInstance(PluginCatalog.class));
        return NumClipCommand.commandLine(services, arguments).execute(arguments);
    }

    /** DJL asks the network at its start unless it is told not to; it reads these before anything else. */
    private static void stayOffline() {
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
    }
}
