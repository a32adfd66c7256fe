package io.numclip.runner.compare;

import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.Failures;
import io.numclip.host.run.PlainText;
import io.numclip.host.run.Provenances;
import io.numclip.host.run.SharedModels;
import io.numclip.host.run.Tasks;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Trains the cells of a comparison that have no result yet. A cell that fails does not stop the others. */
final class CellTraining {

    private final Failures reports;
    private final Path folder;
    private final Claims claims;
    private final Share share;
    private final int all;
    private final CellRun trainer;
    private final Provenances provenances;
    private final CellProgress progress;
    private final long start = System.nanoTime();
    private final Map<Cell, String> failures = new LinkedHashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final IdentityHashMap<Cell, CellFile> files =
            new IdentityHashMap<>(); // their names are digests of whole configurations
    private Set<Cell> missing = Set.of();
    private int seen;
    private int known;
    private int finished;
    private int firstFailure = ExitCodes.DONE;

    /**
     * @param progress of this process
     * @param all how many cells there are, trials included
     */
    CellTraining(
            Failures reports, CellProgress progress, Path folder, Claims claims, Share share, Tasks tasks, int all) {
        this.reports = reports;
        this.progress = progress;
        this.folder = folder;
        this.claims = claims;
        this.share = share;
        this.all = all;
        SharedModels shared = new SharedModels();
        this.trainer = new CellRun(tasks, shared);
        this.provenances = new Provenances(tasks, shared);
    }

    /**
     * First all cells that no other process has claimed, then those that others have not finished.
     *
     * @return the results of the cells that have not failed, in the order given
     */
    Map<Cell, CellResult> run(List<Cell> cells) throws ClosedByInterruptException {
        int before = seen;
        seen += cells.size();
        missing = Collections.newSetFromMap(new IdentityHashMap<>());
        cells.stream().filter(this::isMissing).forEach(missing::add);
        known += cells.size() - missing.size();
        Map<Cell, CellResult> ended = new HashMap<>();
        List<Integer> claimedByOthers = new ArrayList<>();
        for (int i : share.order(cells.size())) {
            if (!ends(cells.get(i), before + i + 1, false, ended)) {
                claimedByOthers.add(i);
            }
        }
        for (int i : claimedByOthers) {
            ends(cells.get(i), before + i + 1, true, ended);
        }
        finished += ended.size();
        Map<Cell, CellResult> results = new LinkedHashMap<>();
        cells.stream().filter(ended::containsKey).forEach(cell -> results.put(cell, ended.get(cell)));
        return results;
    }

    /**
     * Whether the cell has ended, with a result or with a failure.
     *
     * @param waits whether to wait for a process that has claimed it
     */
    private boolean ends(Cell cell, int number, boolean waits, Map<Cell, CellResult> ended)
            throws ClosedByInterruptException {
        String name = number + "/" + all + "  " + cell;
        try {
            CellFile file = file(cell);
            Optional<FileLock> claim = waits ? Optional.of(claims.awaited(file)) : claims.claimed(file);
            if (claim.isEmpty()) {
                return false;
            }
            try {
                ended.put(cell, result(cell, file, name));
            } finally {
                claim.get().release();
            }
        } catch (CancellationException | ClosedByInterruptException stopped) {
            throw stopped;
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            failed(cell, name, failure);
        }
        return true;
    }

    /** A cell whose data cannot be read is missing; it fails when it is its turn. */
    private boolean isMissing(Cell cell) {
        try {
            return !file(cell).exists();
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            return true;
        }
    }

    private CellFile file(Cell cell) throws IOException {
        if (begun.add(cell.table().task())) {
            progress.say(cell.table().task() + ": reading the list of images and the CLIP");
        }
        CellFile known = files.get(cell);
        if (known == null) {
            known = new CellFile(folder, cell, provenances.of(cell.config()));
            files.put(cell, known);
        }
        return known;
    }

    /** From the cell's file, or trained now. */
    private CellResult result(Cell cell, CellFile file, String name) throws IOException {
        Optional<CellResult> earlier = file.read();
        if (earlier.isPresent()) {
            return earlier.get();
        }
        List<String> changes = file.changes();
        if (!changes.isEmpty()) {
            progress.say(cell + ": trained again, because of another state of " + String.join(", ", changes));
        }
        progress.begin(name, left());
        CellResult result = trainer.run(cell, progress);
        file.write(result);
        missing.remove(cell);
        progress.end(
                cell.trial()
                        ? "validation MAE " + PlainText.measured(result.validationMae())
                        : String.format(
                                Locale.ROOT,
                                "MAE %s, %.1f s",
                                PlainText.measured(
                                        Objects.requireNonNull(result.model().get("mae"))),
                                result.seconds()),
                left());
        return result;
    }

    /** How many trainings there are still to do by all processes, with those that are planned for later. */
    private int left() {
        missing.removeIf(cell -> !isMissing(cell));
        return missing.size() + all - seen;
    }

    /** A trial that fails, as with a rate that is too high, is only not chosen. */
    private void failed(Cell cell, String name, Throwable failure) {
        missing.remove(cell);
        progress.say(name + ": failed");
        int code = reports.report(failure);
        if (!cell.trial()) {
            failed(cell, code, reports.inOneLine(failure));
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
                finished,
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
