package io.numclip.spark.job;

import io.numclip.data.NumClipException;
import io.numclip.host.compare.ComparePlan;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.plugin.PluginHost;
import io.numclip.spark.job.ClaimedTraining.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A comparison whose cells are trained by the tasks of Spark. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Trains the cells of a comparison in a folder that all machines share: each executor those that nobody"
                        + " else has claimed. Cells that are finished are kept. 'numclip compare FILE.yaml --out DIR' writes the"
                        + " tables afterwards, and may train in the same folder meanwhile.")
final class CompareJob implements Callable<Integer> {

    @Parameters(paramLabel = "FILE.yaml", description = "What to compare, as for 'numclip compare'.")
    private Path file;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for cells and tables.")
    private Path out;

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    private final JobServices services;

    CompareJob(JobServices services) {
        this.services = services;
    }

    /** The plan is read here first, so that a mistake in it costs no executor. */
    @Override
    public Integer call() throws IOException {
        if (!Files.exists(file)) {
            throw new NumClipException(
                    NumClipException.Kind.MISSING, file + ": no such file", "name the file that says what to compare");
        }
        ComparePlan plan = ComparePlan.of(
                PluginHost.of(ClaimedTraining.folders(plugins.folder())).load(), file, List.of(), out);
        plan.notes().forEach(services.progress()::say);
        JavaSparkContext spark = services.spark();
        int tasks = Math.min(
                spark.defaultParallelism(), plan.cells().size() + plan.trials().size());
        List<Double> places =
                IntStream.range(0, tasks).mapToObj(i -> (double) i / tasks).toList();
        List<Outcome> outcomes = spark.parallelize(places, tasks)
                .map(new ClaimedTraining(file.toString(), plan.folder().toString(), plugins.folder()))
                .collect();
        outcomes.stream()
                .flatMap(outcome -> outcome.failures().stream())
                .distinct()
                .forEach(services.progress()::say);
        services.progress().say("trained; the tables: numclip compare " + file + " --out " + plan.folder());
        return outcomes.stream().mapToInt(Outcome::exitCode).max().orElse(ExitCodes.DONE);
    }
}
