package io.numclip.runner.compare;

import io.numclip.data.NumClipException;
import io.numclip.host.run.PlainText;
import io.numclip.host.run.Tasks;
import io.numclip.runner.terminal.Console;
import io.numclip.runner.terminal.ExitCodes;
import io.numclip.runner.terminal.Failures;
import io.numclip.training.TrainingListener;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Trains the cells of a comparison that have no result yet. A cell that fails does not stop the others. */
final class CellTraining {

    private final Console console;
    private final boolean quiet;
    private final Path folder;
    private final CellRun trainer;
    private final long start = System.nanoTime();
    private final Map<Cell, CellResult> results = new LinkedHashMap<>();
    private final Map<Cell, String> failures = new LinkedHashMap<>();
    private int trained;
    private int firstFailure = ExitCodes.DONE;

    CellTraining(Console console, boolean quiet, Path folder, Tasks tasks) {
        this.console = console;
        this.quiet = quiet;
        this.folder = folder;
        this.trainer = new CellRun(tasks);
    }

    void run(List<Cell> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            Optional<CellResult> known = new CellFile(folder, cell).read();
            if (known.isPresent()) {
                results.put(cell, known.get());
            } else {
                train(cell, (i + 1) + "/" + cells.size() + "  " + cell);
            }
        }
    }

    private void train(Cell cell, String name) throws IOException {
        try {
            CellResult result = trainer.run(cell, listener());
            new CellFile(folder, cell).write(result);
            results.put(cell, result);
            trained++;
            say(String.format(
                    Locale.ROOT, "%s: MAE %.3f, %.1f s", name, result.model().get("mae"), result.seconds()));
        } catch (CancellationException | ClosedByInterruptException stopped) {
            throw stopped;
        } catch (IOException | RuntimeException failure) {
            say(name + ": failed");
            int code = new Failures(console).report(failure);
            firstFailure = firstFailure == ExitCodes.DONE ? code : firstFailure;
            failures.put(cell, NumClipException.firstLine(failure));
        }
    }

    Map<Cell, CellResult> results() {
        return results;
    }

    Map<Cell, String> failures() {
        return failures;
    }

    int exitCode() {
        return results.isEmpty() || failures.isEmpty() ? firstFailure : ExitCodes.SOME_FAILED;
    }

    /** How long it took, and the peak memory of the whole process, native code included. */
    String machine() {
        return String.format(
                Locale.ROOT,
                "%d trainings, %d of them done earlier, in %.0f s on %d processors%s.",
                results.size(),
                results.size() - trained,
                (System.nanoTime() - start) / 1e9,
                Runtime.getRuntime().availableProcessors(),
                memory());
    }

    private static String memory() {
        Path status = Path.of("/proc/self/status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .map(kilobytes -> ", at most " + Long.parseLong(kilobytes) / 1024 + " MB of memory in all")
                    .findFirst()
                    .orElse("");
        } catch (IOException notLinux) {
            return "";
        }
    }

    private TrainingListener listener() {
        return new TrainingListener() {
            @Override
            public void imagesEncoded(int done, int total) {
                if (done == total) {
                    say("the image tower has encoded " + total + " images");
                }
            }

            @Override
            public void imageSkipped(String name, String reason) {
                say("warning: " + name + " is left out: " + reason);
            }

            @Override
            public void warning(String message) {
                say("warning: " + message);
            }
        };
    }

    private void say(String line) {
        if (!quiet) {
            console.err().println(PlainText.printable(line));
            console.err().flush();
        }
    }
}
