package io.numclip.runner.compare;

import io.numclip.data.NumClipException;
import io.numclip.host.run.Provenances;
import io.numclip.host.run.SharedModels;
import io.numclip.host.run.Tasks;
import io.numclip.runner.terminal.Console;
import io.numclip.runner.terminal.ExitCodes;
import io.numclip.runner.terminal.Failures;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Trains the cells of a comparison that have no result yet. A cell that fails does not stop the others. */
final class CellTraining {

    private final Console console;
    private final Path folder;
    private final int all;
    private final CellRun trainer;
    private final Provenances provenances;
    private final CellProgress progress;
    private final long start = System.nanoTime();
    private final Map<Cell, String> failures = new LinkedHashMap<>();
    private final Set<String> begun = new HashSet<>();
    private int seen;
    private int known;
    private int firstFailure = ExitCodes.DONE;

    /** @param all how many cells there are, trials included */
    CellTraining(Console console, boolean quiet, Path folder, Tasks tasks, int all) {
        this.console = console;
        this.folder = folder;
        this.all = all;
        SharedModels shared = new SharedModels();
        this.trainer = new CellRun(tasks, shared);
        this.provenances = new Provenances(tasks, shared);
        this.progress = new CellProgress(console, quiet);
    }

    /** @return the results of the cells that have not failed, in the order given */
    Map<Cell, CellResult> run(List<Cell> cells) throws ClosedByInterruptException {
        int later = all - seen - cells.size();
        int missing = (int) cells.stream().filter(this::isMissing).count();
        Map<Cell, CellResult> results = new LinkedHashMap<>();
        for (Cell cell : cells) {
            seen++;
            try {
                CellFile file = file(cell);
                missing -= file.exists() ? 0 : 1;
                results.put(cell, result(cell, file, missing + later));
            } catch (CancellationException | ClosedByInterruptException stopped) {
                throw stopped;
            } catch (IOException | RuntimeException failure) {
                failed(cell, failure);
            }
        }
        return results;
    }

    /** A cell whose data cannot be read is missing; it fails when it is its turn. */
    private boolean isMissing(Cell cell) {
        try {
            return !file(cell).exists();
        } catch (IOException | RuntimeException failure) {
            return true;
        }
    }

    private CellFile file(Cell cell) throws IOException {
        if (begun.add(cell.table().task())) {
            progress.say(cell.table().task() + ": reading the list of images and the CLIP");
        }
        return new CellFile(folder, cell, provenances.of(cell.config()));
    }

    /**
     * From the cell's file, or trained now.
     *
     * @param left how many trainings follow
     */
    private CellResult result(Cell cell, CellFile file, int left) throws IOException {
        Optional<CellResult> earlier = file.read();
        if (earlier.isPresent()) {
            known++;
            return earlier.get();
        }
        List<String> changes = file.changes();
        if (!changes.isEmpty()) {
            progress.say(cell + ": trained again, because of another state of " + String.join(", ", changes));
        }
        progress.begin(name(cell), left);
        CellResult result = trainer.run(cell, progress);
        file.write(result);
        progress.end(
                cell.trial()
                        ? String.format(Locale.ROOT, "validation MAE %.3f", result.validationMae())
                        : String.format(
                                Locale.ROOT, "MAE %.3f, %.1f s", result.model().get("mae"), result.seconds()));
        return result;
    }

    private String name(Cell cell) {
        return seen + "/" + all + "  " + cell;
    }

    /** A trial that fails, as with a rate that is too high, is only not chosen. */
    private void failed(Cell cell, Exception failure) {
        progress.say(name(cell) + ": failed");
        int code = new Failures(console).report(failure);
        if (!cell.trial()) {
            failed(cell, code, NumClipException.firstLine(failure));
        }
    }

    /** A cell whose search has no result; it counts as seen. */
    void withoutTrial(Cell cell) {
        seen++;
        failed(cell, ExitCodes.SOME_FAILED, "no trial of its search for learning rates has ended");
    }

    private void failed(Cell cell, int code, String reason) {
        firstFailure = firstFailure == ExitCodes.DONE ? code : firstFailure;
        failures.put(cell, reason);
    }

    Map<Cell, String> failures() {
        return failures;
    }

    /** @param results how many cells have one */
    int exitCode(int results) {
        return results == 0 || failures.isEmpty() ? firstFailure : ExitCodes.SOME_FAILED;
    }

    /** How long it took, and the peak memory of the whole process, native code included. */
    String machine() {
        return String.format(
                Locale.ROOT,
                "%d trainings, %d of them done earlier, in %.0f s on %d processors%s.",
                known + progress.trained(),
                known,
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
}
