package io.numclip.spark.job;

import io.numclip.data.NumClipException;
import io.numclip.host.Offline;
import io.numclip.host.message.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The jobs: {@code spark-submit --class io.numclip.spark.job.Main numclip-spark.jar score --model …}.
 *
 * <p>The exit code is 0 also where images have no result, unless {@code --errors fail}: cluster managers take any other code for a
 * job that is to be started again.
 */
@Command(
        name = "numclip-spark",
        mixinStandardHelpOptions = true,
        description = "Trained models on Apache Spark.",
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Offline.ensure();
        System.exit(run(Console.system(), arguments));
    }

    /** @return the exit code */
    static int run(Console console, String... arguments) {
        JobServices services = new JobServices(console);
        return new CommandLine(new Main())
                .addSubcommand(new ScoreJob(services))
                .addSubcommand(new EmbedJob(services))
                .addSubcommand(new PackJob(services))
                .addSubcommand(new CompareJob(services))
                .setOut(console.out())
                .setErr(console.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(
                        (failure, line, parsed) -> services.failures().report(failure))
                .setParameterExceptionHandler(
                        (failure, given) -> services.failures().report(refused(failure)))
                .execute(arguments);
    }

    private static NumClipException refused(ParameterException failure) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        return new NumClipException(
                NumClipException.Kind.USAGE, String.valueOf(failure.getMessage()), "see '" + command + " --help'");
    }
}
