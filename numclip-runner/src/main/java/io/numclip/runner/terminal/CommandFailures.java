package io.numclip.runner.terminal;

import io.numclip.host.message.Console;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.Failures;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports what went wrong with a command, and what is wrong with its line. */
public final class CommandFailures extends Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final Console console;

    /** See {@link Failures}. */
    public CommandFailures(Console console, BooleanSupplier debug, UnaryOperator<Throwable> explained) {
        super(console, debug, explained);
        this.console = console;
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
}
