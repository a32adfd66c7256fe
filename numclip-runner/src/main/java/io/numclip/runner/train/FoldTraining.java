package io.numclip.runner.train;

import io.numclip.data.NumClipException;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.MetricsFile;
import io.numclip.host.run.PlainText;
import io.numclip.host.run.RunFolder;
import io.numclip.host.run.RunResult;
import io.numclip.host.run.Tasks;
import io.numclip.host.run.TrainingRun;
import io.numclip.runner.report.RunPages;
import io.numclip.runner.terminal.Console;
import io.numclip.runner.terminal.ExitCodes;
import io.numclip.runner.terminal.Failures;
import io.numclip.runner.terminal.TrainingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Trains one fold after another. A finished fold is not trained again; a failed one does not stop the others. */
final class FoldTraining {

    private final Console console;
    private final boolean quiet;
    private final Tasks tasks;

    /** @param tasks shared, so that all folds use the same data, read once */
    FoldTraining(Console console, boolean quiet, Tasks tasks) {
        this.console = console;
        this.quiet = quiet;
        this.tasks = tasks;
    }

    /** @return the exit code: that of the first failure if every fold failed */
    int run(ExperimentConfig config, FoldsFolder folder) throws IOException {
        List<FoldResult> results = new ArrayList<>();
        List<String> names = folder.names();
        for (String name : names) {
            say("fold " + PlainText.printable(name) + ", " + (results.size() + 1) + " of " + names.size());
            results.add(train(name, config.withFold(name), folder));
            new FoldsReport(config, results).write(folder);
        }
        show(new FoldsReport(config, results), folder);
        return exitCode(results);
    }

    private void say(String line) {
        if (!quiet) {
            console.err().println(line);
            console.err().flush();
        }
    }

    private FoldResult train(String name, ExperimentConfig config, FoldsFolder folder)
            throws ClosedByInterruptException {
        RunFolder run = folder.fold(name);
        try {
            Optional<Comparison> known = MetricsFile.read(run.metrics());
            return FoldResult.done(name, run, known.isPresent() ? known.get() : train(config, run));
        } catch (CancellationException | ClosedByInterruptException stopped) {
            throw stopped;
        } catch (IOException | RuntimeException failure) {
            int code = new Failures(console).report(failure);
            return FoldResult.failed(name, run, NumClipException.firstLine(failure), code);
        }
    }

    private Comparison train(ExperimentConfig config, RunFolder run) throws IOException {
        if (!RunFolder.isRun(run.path())) {
            RunFolder.create(run.path());
        }
        try (TrainingProgress progress = TrainingProgress.of(console, quiet)) {
            RunResult result = TrainingRun.run(config, tasks, run, progress);
            RunPages.write(result);
            return result.comparison();
        }
    }

    private void show(FoldsReport report, FoldsFolder folder) {
        PrintWriter print = console.out();
        print.println();
        print.print(report.text());
        print.println();
        print.println("Run folder: " + folder.path() + " (look at report.html)");
        if (!report.failed().isEmpty()) {
            print.println("Retry:      ./numclip train --resume " + folder.path());
        }
        print.flush();
    }

    private static int exitCode(List<FoldResult> results) {
        List<FoldResult> failed =
                results.stream().filter(result -> result.exitCode() != 0).toList();
        if (failed.isEmpty()) {
            return ExitCodes.DONE;
        }
        return failed.size() == results.size() ? failed.get(0).exitCode() : ExitCodes.SOME_FAILED;
    }
}
