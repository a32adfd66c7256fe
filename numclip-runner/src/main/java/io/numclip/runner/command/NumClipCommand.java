package io.numclip.runner.command;

import io.numclip.clip.kernel.NativeLibrary;
import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.host.message.Console;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.check.CheckCommand;
import io.numclip.runner.compare.CompareCommand;
import io.numclip.runner.demo.DemoCommand;
import io.numclip.runner.doctor.DoctorCommand;
import io.numclip.runner.embed.EmbedCommand;
import io.numclip.runner.evaluate.EvaluateCommand;
import io.numclip.runner.export.ExportCommand;
import io.numclip.runner.init.InitCommand;
import io.numclip.runner.label.LabelCommand;
import io.numclip.runner.predict.PredictCommand;
import io.numclip.runner.pull.PullCommand;
import io.numclip.runner.reproduce.ReproduceCommand;
import io.numclip.runner.runs.ReportCommand;
import io.numclip.runner.scale.ScaleCommand;
import io.numclip.runner.serve.ServeCommand;
import io.numclip.runner.split.SplitCommand;
import io.numclip.runner.terminal.CommandFailures;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.train.TrainCommand;
import io.numclip.runner.words.WordsCommand;
import io.numclip.storage.Limit;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/** The program's name, its options and its commands. */
@Command(
        name = "numclip",
        mixinStandardHelpOptions = true,
        subcommands = HelpOfCommand.class,
        sortOptions = false,
        description = "Predicts numbers from images: how old, how many, how good, from which year. CLIP knows words"
                + " for quantities; NumCLIP turns them into numbers.",
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nTo get started:%n",
        footer = {
            "  numclip doctor                        whether everything works here",
            "  numclip demo                          see it work, in a few minutes",
            "  numclip train age                     train on sample images of a task",
            "  numclip predict runs/age-1 photos/    use the trained model"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:done",
            "  1:finished, but some items failed; the output says which",
            " 64:the command line is wrong",
            " 65:data, a model or an image is wrong",
            " 66:an input is missing",
            " 69:a device, a required plugin or the network is not available, or a plugin ended the program",
            " 70:a bug in NumCLIP",
            " 71:out of memory, or native code failed",
            " 73:the output cannot be created",
            " 74:reading or writing failed",
            " 75:another process is using the folder, or a server is busy",
            " 77:not permitted: a token file that others can read, a plugin folder without rights, a gated model",
            " 78:the configuration is wrong",
            " 80:training diverged (a loss became infinite or NaN)",
            "130:stopped with Ctrl-C",
            "141:nobody reads the output any more (a closed pipe)",
            "143:stopped with SIGTERM"
        })
public final class NumClipCommand {

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces.")
    private boolean debug;

    @Option(
            names = "--limit",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME=NUMBER",
            description = "Sets what is accepted at most. 'numclip config limits' lists the names. May be repeated.")
    private Map<String, String> limits = Map.of();

    private static final String COMPLETION = "generate-completion";

    /** Names of an earlier version, with what took their place. */
    private static final Map<String, String> MOVED = Map.ofEntries(
            Map.entry("inspect", "report RUN or report CLIP"),
            Map.entry("models", "pull"),
            Map.entry("pretrain", "help; numclip-tools/pretrain, in the source tree, makes a CLIP"),
            Map.entry("runs", "report FOLDER"),
            Map.entry("components", "config components"),
            Map.entry("limits", "config limits"),
            Map.entry("completion", COMPLETION),
            Map.entry("embed --batch", "embed --batch-size"),
            Map.entry("evaluate --by", "evaluate RUN, which prints all parts of the images"),
            Map.entry("evaluate --against", "report RUN OTHER"),
            Map.entry("init --force", "init, after you have deleted the file, or with another --out"),
            Map.entry("reproduce --backbone", "reproduce PROTOCOL --set backbone.model=DIR"),
            Map.entry("split --group", "split RECIPE --set protocol.group=COLUMN"),
            Map.entry("words --held-out", "words TASK, which measures on the validation images"),
            Map.entry("words --task", "words TASK"),
            Map.entry("words --ordinality-weight", "words TASK, which weighs the ordinality by 0.1"),
            Map.entry("reproduce --fold", "reproduce PROTOCOL --folds FOLDS"));

    private NumClipCommand() {}

    /**
     * The command line for these arguments: with only the command that they start with, or with all if they start with
     * none. Describing every command takes a twentieth of a short start-up.
     */
    public static CommandLine commandLine(Services services, String... arguments) {
        return commandLine(services, commands(services), arguments);
    }

    /** @param commands by name, in the order of the help */
    public static CommandLine commandLine(
            Services services, Map<String, Supplier<Object>> commands, String... arguments) {
        NumClipCommand root = new NumClipCommand();
        CommandLine program = new CommandLine(root);
        CommandFailures failures = new CommandFailures(services.console(), () -> root.debug, services::explained);
        if (arguments.length > 0 && commands.containsKey(arguments[0]) && !arguments[0].equals(COMPLETION)) {
            commands.keySet().retainAll(Set.of(arguments[0]));
        }
        commands.values().forEach(command -> program.addSubcommand(command.get()));
        tellVersion(program);
        convertWords(program);
        return program.setOut(services.console().styled())
                .setErr(services.console().err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO))
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true)
                .setExecutionStrategy(parsed -> root.execute(parsed, services.console(), failures))
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler((failure, given) -> moved(given)
                        .map(failures::report)
                        .orElseGet(() -> failures.handleParseException(failure, given)));
    }

    /** A command or an option of an earlier version, with what has taken its place. */
    private static Optional<NumClipException> moved(String... given) {
        String command = given.length == 0 ? "" : given[0];
        return Stream.concat(
                        Stream.of(command), Stream.of(given).map(word -> command + " " + word.replaceFirst("=.*", "")))
                .filter(MOVED::containsKey)
                .findFirst()
                .map(old -> new NumClipException(
                        NumClipException.Kind.USAGE,
                        "there is no '" + old + "' any more",
                        "use " + Invocation.NAME + " " + MOVED.get(old)));
    }

    private static void convertWords(CommandLine command) {
        command.getCommandSpec().args().stream()
                .flatMap(argument -> Stream.of(argument.auxiliaryTypes()))
                .filter(Class::isEnum)
                .forEach(type -> convertWords(command, type));
        command.getSubcommands().values().forEach(NumClipCommand::convertWords);
    }

    private static <T> void convertWords(CommandLine command, Class<T> type) {
        command.registerConverter(type, new WordConverter<>(type));
    }

    private static void tellVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new VersionText());
        command.getSubcommands().values().forEach(NumClipCommand::tellVersion);
    }

    /**
     * A name that only groups commands shows its help. The command line hands on what a command throws to the failures,
     * but no errors, and nothing that is thrown here, such as output that cannot be written.
     */
    private int execute(ParseResult parsed, Console console, CommandFailures failures) {
        try {
            CommandLine last =
                    parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
            boolean group = !(last.getCommand() instanceof Callable) && !(last.getCommand() instanceof Runnable);
            limits.forEach((name, number) -> Limit.of(name).set(number));
            Integer code = CommandLine.executeHelpRequest(parsed);
            if (code == null && group) {
                last.usage(console.styled());
                code = ExitCodes.DONE;
            } else if (code == null) {
                refuseEmpty(last.getParseResult());
                code = run(parsed, last.getCommand());
            }
            console.out().flush();
            return code;
        } catch (ParameterException | ExecutionException handled) {
            throw handled;
        } catch (RuntimeException | Error failure) {
            return failures.report(failure);
        }
    }

    /** Such an argument is a variable of the shell that is not set; as a path it would be the working folder. */
    private static void refuseEmpty(ParseResult parsed) {
        parsed.matchedArgs().stream()
                .filter(argument -> argument.isPositional() || isPath(argument))
                .filter(argument -> argument.originalStringValues().contains(""))
                .findFirst()
                .ifPresent(empty -> {
                    throw new NumClipException(
                            NumClipException.Kind.USAGE,
                            name(empty) + ": an argument is empty",
                            "name something; a variable of the shell that is not set is an empty argument");
                });
    }

    private static boolean isPath(ArgSpec argument) {
        return List.of(argument.auxiliaryTypes()).contains(Path.class);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static int run(ParseResult parsed, Object command) {
        if (!(command instanceof Computes computing && computing.needsPyTorch())) {
            return new RunLast().execute(parsed);
        }
        NativeLibrary library = NativeLibrary.loading();
        try {
            return new RunLast().execute(parsed);
        } finally {
            library.await();
        }
    }

    /** The commands by name, in the order of the help. */
    public static Map<String, Supplier<Object>> commands(Services services) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", () -> new DemoCommand(services));
        commands.put("label", () -> new LabelCommand(services));
        commands.put("init", () -> new InitCommand(services));
        commands.put("scale", () -> new ScaleCommand(services));
        commands.put("check", () -> new CheckCommand(services));
        commands.put("train", () -> new TrainCommand(services));
        commands.put("compare", () -> new CompareCommand(services));
        commands.put("reproduce", () -> new ReproduceCommand(services));
        commands.put("evaluate", () -> new EvaluateCommand(services));
        commands.put("report", () -> new ReportCommand(services));
        commands.put("split", () -> new SplitCommand(services));
        commands.put("words", () -> new WordsCommand(services));
        commands.put("recalibrate", () -> new RecalibrateCommand(services));
        commands.put("predict", () -> new PredictCommand(services));
        commands.put("serve", () -> new ServeCommand(services));
        commands.put("export", () -> new ExportCommand(services));
        commands.put("embed", () -> new EmbedCommand(services));
        commands.put("pull", () -> new PullCommand(services));
        commands.put("config", () -> ConfigCommand.commandLine(services));
        commands.put("plugins", () -> PluginsCommand.commandLine(services));
        commands.put("doctor", () -> new DoctorCommand(services));
        commands.put(COMPLETION, AutoComplete.GenerateCompletion::new);
        return commands;
    }
}
