package io.numclip.spark.job;

import io.numclip.clip.kernel.NativeThreads;
import io.numclip.host.Offline;
import io.numclip.host.compare.CellListener;
import io.numclip.host.compare.CellTraining;
import io.numclip.host.compare.ComparePlan;
import io.numclip.host.message.Console;
import io.numclip.host.message.Failures;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginFault;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import io.numclip.spark.ModelFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/**
 * Trains in a task what nobody has claimed of a comparison. Tasks of one executor train one after another: DJL collects gradients
 * for one thread of a process only, and what a process has claimed, all of its threads have.
 *
 * @param file of the comparison, from which every machine makes the same plan
 * @param out the folder that all machines share
 * @param plugins folder, as {@code numclip.plugins}; empty: the usual one
 */
record ClaimedTraining(String file, String out, String plugins) implements Function<Double, ClaimedTraining.Outcome> {

    private static final Object GRADIENTS = new Object();

    /**
     * What a task has seen of the comparison.
     *
     * @param failures a line for each cell that has failed
     */
    record Outcome(int exitCode, List<String> failures) implements Serializable {}

    /** Puts what is said into the log of the executor. */
    private record Log(PrintWriter err) implements CellListener {

        @Override
        public void begin(String name, int left) {
            say(name);
        }

        @Override
        public void end(String result, int left) {
            say(result + ", " + left + " left");
        }

        @Override
        public void say(String line) {
            err.println(line);
            err.flush();
        }
    }

    @Override
    public Outcome call(Double place) throws IOException {
        Offline.ensure();
        Console console =
                new Console(Writer.nullWriter(), new PrintWriter(System.err, true, StandardCharsets.UTF_8), false);
        PluginCatalog catalog = PluginHost.of(folders(plugins)).load();
        ComparePlan plan = ComparePlan.of(catalog, Path.of(file), List.of(), Path.of(out));
        Failures reports = new Failures(console, new PluginFault(catalog.components())::explained);
        NativeThreads.use(TaskContext.get().cpus());
        synchronized (GRADIENTS) {
            try (CellTraining training = new CellTraining(plan, reports, new Log(console.err()), place)) {
                int results = training.run().size();
                List<String> failures = training.failures().entrySet().stream()
                        .map(failure -> failure.getKey() + ": failed: " + failure.getValue())
                        .toList();
                return new Outcome(training.exitCode(results), List.copyOf(failures));
            }
        }
    }

    static PluginFolders folders(String plugins) {
        String named = plugins.isEmpty()
                ? PluginFolders.fromSystemProperties().plugins().toString()
                : plugins;
        return new PluginFolders(ModelFolder.find(named));
    }
}
