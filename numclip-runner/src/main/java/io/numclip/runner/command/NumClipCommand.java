package io.numclip.runner.command;

import io.numclip.runner.Services;
import io.numclip.runner.report.Versions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program's name, its options and its commands. */
@Command(
        name = "numclip",
        version = "numclip " + Versions.NUMCLIP,
        mixinStandardHelpOptions = true,
        subcommands = HelpCommand.class,
        sortOptions = false,
        description = "Gives numbers to images: how old, how many, how good, from which year. CLIP knows words for"
                + " quantities; NumCLIP turns them into numbers.",
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nTo begin with:%n",
        footer = {
            "  numclip demo                          see it work, in a few minutes",
            "  numclip train age                     train on sample images of a task",
            "  numclip predict runs/age-1 photos/    ask the trained model"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:done",
            " 1:finished, but some items failed; the output says which",
            "64:the command line cannot be understood",
            "65:data, a model or an image is wrong",
            "66:an input is not there",
            "69:a device or a required plugin cannot be had",
            "70:a bug in NumCLIP",
            "71:out of memory",
            "73:the output cannot be made",
            "74:reading or writing failed",
            "75:somebody else uses the folder",
            "77:not trusted, or outside the folder that was named",
            "78:the configuration is wrong",
            "80:training left the finite numbers"
        })
public final class NumClipCommand {

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces.")
    private boolean debug;

    private NumClipCommand() {}

    boolean isDebug() {
        return debug;
    }

    /** The whole command line, ready to be executed. */
    public static CommandLine commandLine(Services services) {
        Failures failures = new Failures(services.console());
        return new CommandLine(new NumClipCommand())
                .addSubcommand(new DemoCommand(services))
                .addSubcommand(new InitCommand(services))
                .addSubcommand(new TrainCommand(services))
                .addSubcommand(new CompareCommand(services))
                .addSubcommand(new EvaluateCommand(services))
                .addSubcommand(new SplitCommand(services))
                .addSubcommand(new WordsCommand(services))
                .addSubcommand(new PredictCommand(services))
                .addSubcommand(new EmbedCommand(services))
                .addSubcommand(new InspectCommand(services))
                .addSubcommand(new ComponentsCommand(services))
                .addSubcommand(PluginsCommand.commandLine(services))
                .addSubcommand(new PretrainCommand(services))
                .setOut(services.console().out())
                .setErr(services.console().err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO))
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }
}
