package io.numclip.spark.job;

import io.numclip.runner.compare.RemoteCells;
import io.numclip.runner.compare.RemoteCells.Order;
import io.numclip.runner.compare.RemoteCells.Trained;
import io.numclip.runner.terminal.Services;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** A comparison whose trainings are tasks of Spark. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Trains several methods on the same images, each training a task, and writes the tables of 'numclip"
                        + " compare' on the driver. It takes the arguments of that command. Trainings that are finished are kept.")
final class CompareCommand implements Callable<Integer> {

    private static final int AT_ONCE = 256; // jobs of one task each

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    private final JobServices services;

    CompareCommand(JobServices services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        Services program = new Services(services.console(), RemoteTraining.folders(plugins.folder()));
        RemoteCells cells = RemoteCells.of(program, arguments);
        train(cells.missingTrials(), cells);
        train(cells.missingCells(), cells);
        return cells.tables();
    }

    /** Files are written as the tasks end, so that nothing that is finished is lost. */
    private void train(List<Order> orders, RemoteCells cells) throws IOException {
        if (orders.isEmpty()) {
            return;
        }
        RemoteTraining training = new RemoteTraining(List.copyOf(arguments), plugins.folder());
        JavaSparkContext spark = services.spark();
        ExecutorService waiting = Executors.newFixedThreadPool(Math.min(AT_ONCE, orders.size()));
        try {
            ExecutorCompletionService<Trained> ended = new ExecutorCompletionService<>(waiting);
            orders.forEach(order -> ended.submit(
                    () -> spark.parallelize(List.of(order), 1).map(training).first()));
            for (int i = 1; i <= orders.size(); i++) {
                Trained cell = ended.take().get();
                cells.keep(cell);
                say(i + "/" + orders.size() + "  " + cells.name(cell.order()), cell);
            }
        } catch (InterruptedException stopped) {
            throw new InterruptedIOException("stopped");
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        } finally {
            waiting.shutdownNow();
        }
    }

    private void say(String line, Trained cell) {
        String end = cell.problem() == null ? "" : ": failed: " + cell.problem();
        services.progress().say(line + end);
    }
}
