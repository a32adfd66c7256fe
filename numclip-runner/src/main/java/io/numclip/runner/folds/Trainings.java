package io.numclip.runner.folds;

import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.files.HeldFolder;
import io.numclip.host.message.Console;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.Failures;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.RunFolder;
import io.numclip.host.result.RunMetrics;
import io.numclip.host.result.RunResult;
import io.numclip.host.run.TrainingRun;
import io.numclip.runner.report.RunPage;
import io.numclip.runner.terminal.Progress;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.TrainingProgress;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Trains once, or one fold after another. A finished fold is not trained again; a failed one does not stop the others. */
public final class Trainings {

    /** Keeps what is known so far. */
    @FunctionalInterface
    public interface Kept {
        /** @param results of the folds that are finished or have failed */
        void write(List<FoldResult> results) throws IOException;
    }

    private final Console console;
    private final Failures failures;
    private final boolean quiet;
    private final Tasks tasks;

    /** @param tasks shared, so that all folds use the same data, read once */
    public Trainings(Services services, boolean quiet, Tasks tasks) {
        this.console = services.console();
        this.failures = services.failures();
        this.quiet = quiet;
        this.tasks = tasks;
    }

    /**
     * @param folds their configurations, by name
     * @param kept told after each fold
     * @return in the order of the folds
     */
    public List<FoldResult> run(Map<String, ExperimentConfig> folds, FoldsFolder folder, Kept kept) throws IOException {
        List<FoldResult> results = new ArrayList<>();
        for (Map.Entry<String, ExperimentConfig> fold : folds.entrySet()) {
            new Progress(console, quiet)
                    .say("fold " + fold.getKey() + ", " + (results.size() + 1) + " of " + folds.size());
            results.add(train(fold.getKey(), fold.getValue(), folder));
            kept.write(results);
        }
        return results;
    }

    /** That of the first failure if every fold failed. */
    public static int exitCode(List<FoldResult> results) {
        List<FoldResult> failed =
                results.stream().filter(result -> result.exitCode() != 0).toList();
        if (failed.isEmpty()) {
            return ExitCodes.DONE;
        }
        return failed.size() == results.size() ? failed.get(0).exitCode() : ExitCodes.SOME_FAILED;
    }

    private FoldResult train(String name, ExperimentConfig config, FoldsFolder folder)
            throws ClosedByInterruptException {
        RunFolder run = folder.fold(name);
        try {
            Optional<Comparison> known = RunMetrics.read(run.metrics()).map(RunMetrics::comparison);
            return FoldResult.done(name, run, known.isPresent() ? known.get() : train(config, run));
        } catch (CancellationException | ClosedByInterruptException stopped) {
            throw stopped;
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            int code = failures.report(failure);
            return FoldResult.failed(name, run, failures.inOneLine(failure), code);
        }
    }

    private Comparison train(ExperimentConfig config, RunFolder run) throws IOException {
        try (HeldFolder held =
                RunFolder.isRun(run.path()) ? HeldFolder.resume(run.path()) : HeldFolder.create(run.path())) {
            return train(config, held).comparison();
        }
    }

    /** Trains once, shows how far it is, and writes the run with its page. */
    public RunResult train(ExperimentConfig config, HeldFolder folder) throws IOException {
        try (TrainingProgress progress = new TrainingProgress(console, quiet)) {
            RunResult result = TrainingRun.run(config, tasks, folder.folder(), progress);
            RunPage.write(result);
            return result;
        }
    }
}
