package io.numclip.runner.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the help of a command, or of a command below it. */
@Command(
        name = "help",
        helpCommand = true,
        header = "Display help information about the specified command.",
        synopsisHeading = "%nUsage: ",
        description = {"%nWhen no COMMAND is given, the usage help for the main command is displayed."})
final class HelpOfCommand implements Runnable {

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print version information and exit.")
    @SuppressWarnings("UnusedVariable") // the library reads its annotation
    private boolean isVersionAsked;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Such as train, or config print.")
    private List<String> names = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine shown = spec.parent().commandLine();
        for (String name : names) {
            CommandLine below = shown.getSubcommands().get(name);
            if (below == null) {
                throw new ParameterException(shown, "Unknown subcommand '" + name + "'.");
            }
            shown = below;
        }
        shown.usage(shown.getOut());
    }
}
