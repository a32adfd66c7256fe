package io.numclip.runner.terminal;

import io.numclip.data.NumClipException;
import io.numclip.host.plugin.PluginFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports what went wrong and how to fix it; with a stack trace only if one was asked for. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final Console console;
    private final BooleanSupplier debug;
    private final UnaryOperator<Throwable> explained;

    /**
     * @param debug whether stack traces are asked for; known once the command line has been parsed
     * @param explained puts a failure into the words of the plugin that is to blame, see {@link PluginFault}
     */
    public Failures(Console console, BooleanSupplier debug, UnaryOperator<Throwable> explained) {
        this.console = console;
        this.debug = debug;
        this.explained = explained;
    }

    /** Without stack traces. */
    public Failures(Console console, UnaryOperator<Throwable> explained) {
        this(console, () -> false, explained);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return report(failure);
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        PrintWriter err = console.err();
        CommandLine command = failure.getCommandLine();
        err.println("error: " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("  fix: see '" + command.getCommandSpec().qualifiedName() + " --help'");
        err.flush();
        return ExitCodes.USAGE;
    }

    /** @return the exit code */
    public int report(Throwable failure) {
        if (debug.getAsBoolean()) {
            failure.printStackTrace(console.err());
        }
        return explain(explained.apply(failure));
    }

    private int explain(Throwable failure) {
        if (failure instanceof NumClipException known) {
            tell(String.valueOf(known.getMessage()), known.fix());
        } else if (failure instanceof CancellationException || failure instanceof ClosedByInterruptException) {
            console.err().println("stopped");
            console.err().flush();
            return ExitCodes.STOPPED;
        } else if (failure instanceof IOException) {
            tell(describe(failure), "check that the path exists and can be read and written");
            return ExitCodes.of(NumClipException.Kind.IO);
        } else if (failure instanceof OutOfMemoryError) {
            tell(
                    "out of memory (" + failure.getMessage() + ")",
                    "try a smaller training.batchSize, or JAVA_OPTS=-Xmx8g");
        } else {
            tell("this is a bug in NumCLIP: " + describe(failure), "report it, with " + keep(failure));
        }
        return ExitCodes.of(failure);
    }

    /** Further lines, such as the other problems of a configuration, are indented like the first one. */
    private void tell(String what, String fix) {
        String start = "error: ";
        console.err().println(start + what.replace("\n", "\n" + " ".repeat(start.length())));
        console.err().println("  fix: " + fix);
        console.err().flush();
    }

    private static String describe(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? name : name + ": " + NumClipException.firstLine(failure);
    }

    /** Keeps the stack trace in a file for the report. */
    private static String keep(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        try {
            Path file = Files.createTempFile("numclip-bug-", ".txt");
            Files.writeString(file, trace.toString(), StandardCharsets.UTF_8);
            return file.toString();
        } catch (IOException e) {
            return "the output of the same command with --debug";
        }
    }
}
