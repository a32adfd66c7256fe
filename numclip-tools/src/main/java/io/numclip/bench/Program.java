package io.numclip.bench;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Runs a program whose result is one line or a few; reports failures without a stack trace. */
final class Program {

    private Program() {}

    /** @return the exit code */
    static int run(Callable<String> program, String... arguments) {
        CommandLine command = command(program);
        int code = command.execute(arguments);
        if (command.getExecutionResult() != null) {
            System.out.println(command.<String>getExecutionResult());
        }
        return code;
    }

    static CommandLine command(Callable<String> program) {
        return new CommandLine(program)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Program::refuse);
    }

    /** The line that a script reads. */
    static String line(String name, double seconds) {
        return String.format(Locale.ROOT, "%s %.6f", name, seconds);
    }

    static double median(double[] seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static int refuse(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (!(failure instanceof NumClipException || failure instanceof IOException)) {
            throw failure;
        }
        command.getErr().println("error: " + failure.getMessage());
        if (failure instanceof NumClipException known) {
            command.getErr().println("  fix: " + known.fix());
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
