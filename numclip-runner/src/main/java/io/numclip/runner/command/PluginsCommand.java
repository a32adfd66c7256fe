package io.numclip.runner.command;

import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.plugin.Component;
import io.numclip.host.plugin.PluginCandidate;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.runner.report.TextLines;
import io.numclip.runner.terminal.Services;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Plugins: which ones run, which are refused, which are trusted. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        description = "Lists the plugins in the folder plugins/, trusts one, or takes the trust back.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip plugins list",
            "  numclip plugins trust plugins/my-task.jar",
            "  numclip plugins untrust my-task"
        })
public final class PluginsCommand {

    private PluginsCommand() {}

    static CommandLine commandLine(Services services) {
        return new CommandLine(new PluginsCommand())
                .addSubcommand(new ListCommand(services))
                .addSubcommand(new TrustCommand(services))
                .addSubcommand(new UntrustCommand(services));
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the plugins that run, with their components, and the refused ones, with the reason.")
    private static final class ListCommand implements Callable<Integer> {

        private final Services services;

        ListCommand(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() {
            PluginCatalog catalog = services.catalog();
            PrintWriter print = services.console().out();
            long builtIn = catalog.components().stream()
                    .filter(component -> component.origin().equals(Component.BUILT_IN))
                    .count();
            print.println("built in  " + builtIn + " components ('numclip config components' lists them)");
            catalog.plugins().forEach(plugin -> print.println(TextLines.hanging("", "    ", plugin.describe())));
            catalog.notices().forEach(notice -> print.println("note: " + PlainText.printable(notice)));
            catalog.refusals().forEach(refusal -> print.println("refused: " + refusal));
            print.flush();
            return catalog.refusals().isEmpty() ? ExitCodes.DONE : ExitCodes.SOME_FAILED;
        }
    }

    @Command(
            name = "trust",
            mixinStandardHelpOptions = true,
            description =
                    "Trusts one plugin file, by its SHA-256, from now on. A plugin has all the rights that you have:"
                            + " trust only what you would run yourself.")
    private static final class TrustCommand implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", description = "A jar or zip in plugins/, or the Plugin-Id of one there.")
        private String file;

        private final Services services;

        TrustCommand(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() {
            PluginCandidate plugin = services.host().trust(file);
            PrintWriter print = services.console().out();
            print.println("trusted: " + plugin.id() + " " + plugin.version() + ", " + PlainText.printable(plugin.file())
                    + ", sha256 " + plugin.sha256());
            print.println(
                    services.host().isInFolder(plugin.file())
                            ? "It has all the rights that you have, and runs from the next start."
                            : "It has all the rights that you have, and runs as soon as it is in the plugins folder.");
            print.flush();
            return ExitCodes.DONE;
        }
    }

    @Command(
            name = "untrust",
            mixinStandardHelpOptions = true,
            description = "Takes the trust in one plugin file back. The file stays where it is, and does not run.")
    private static final class UntrustCommand implements Callable<Integer> {

        @Parameters(
                paramLabel = "FILE",
                description = "A jar or zip in plugins/, its name if it is there no longer, or its Plugin-Id.")
        private String file;

        private final Services services;

        UntrustCommand(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() {
            PrintWriter print = services.console().out();
            services.host()
                    .untrust(file)
                    .forEach(entry -> print.println(
                            "no longer trusted: " + PlainText.printable(entry.file()) + ", sha256 " + entry.sha256()));
            print.println("It does not run from the next start on.");
            print.flush();
            return ExitCodes.DONE;
        }
    }
}
