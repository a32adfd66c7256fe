package io.numclip.host.compare;

import io.numclip.host.assembly.SharedModels;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.Failures;
import io.numclip.host.message.PlainText;
import io.numclip.host.run.Provenances;
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

/**
 * Trains the cells of a comparison that have no result yet, and that nobody else has claimed who works in the same folder: another
 * process, another machine, or a task of Spark. A cell that fails does not stop the others.
 */
public final class CellTraining implements AutoCloseable {

    private final ComparePlan plan;
    private final Failures reports;
    private final CellListener progress;
    private final double place;
    private final Claims claims;
    private final CellRun trainer;
    private final Provenances provenances;
    private final int all;
    private final long start = System.nanoTime();
    private final Map<Cell, String> failures = new LinkedHashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final IdentityHashMap<Cell, CellFile> files =
            new IdentityHashMap<>(); // their names are digests of whole configurations
    private Map<Cell, CellResult> trials = Map.of();
    private Set<Cell> missing = Set.of();
    private int seen;
    private int known;
    private int finished;
    private int firstFailure = ExitCodes.DONE;

    /**
     * @param progress of this process
     * @param place where among the cells this process begins, from 0 to 1; each begins elsewhere, so that two seldom read the same
     *     images at the same time
     */
    public CellTraining(ComparePlan plan, Failures reports, CellListener progress, double place) throws IOException {
        this.plan = plan;
        this.reports = reports;
        this.progress = progress;
        this.place = place;
        this.claims = new Claims(plan.folder());
        SharedModels shared = new SharedModels();
        this.trainer = new CellRun(plan.tasks(), shared);
        this.provenances = new Provenances(plan.tasks(), shared);
        this.all = plan.trials().size() + plan.cells().size();
    }

    /**
     * First the trials of the search, then the cells with the learning rates that it has chosen.
     *
     * @return the results of the cells that have not failed, in the order of the plan
     */
    public Map<Cell, CellResult> run() throws ClosedByInterruptException {
        trials = run(plan.trials());
        RateSearch search = search();
        List<Cell> chosen = new ArrayList<>();
        for (Cell cell : plan.cells()) {
            search.chosen(cell).ifPresentOrElse(chosen::add, () -> withoutTrial(cell));
        }
        return run(chosen);
    }

    private RateSearch search() {
        return new RateSearch(plan.trials(), trials);
    }

    /** Every trial of the search, for programs; empty without a search. */
    public List<List<String>> trials() {
        return plan.trials().isEmpty() ? List.of() : search().csv();
    }

    /** First all cells that nobody else has claimed, then those that others have not finished. */
    private Map<Cell, CellResult> run(List<Cell> cells) throws ClosedByInterruptException {
        int before = seen;
        seen += cells.size();
        missing = Collections.newSetFromMap(new IdentityHashMap<>());
        cells.stream().filter(this::isMissing).forEach(missing::add);
        known += cells.size() - missing.size();
        Map<Cell, CellResult> ended = new HashMap<>();
        List<Integer> claimedByOthers = new ArrayList<>();
        int first = (int) (cells.size() * place);
        for (int turn = 0; turn < cells.size(); turn++) {
            int i = (first + turn) % cells.size();
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
            known = new CellFile(plan.folder(), cell, provenances.of(cell.config()));
            files.put(cell, known);
        }
        return known;
    }

    /** The result from the cell's file, or trained now. */
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
    private void withoutTrial(Cell cell) {
        seen++;
        failed(cell, ExitCodes.SOME_FAILED, "no trial of its search for learning rates has ended");
    }

    private void failed(Cell cell, int code, String reason) {
        firstFailure = firstFailure == ExitCodes.DONE ? code : firstFailure;
        failures.put(cell, reason);
    }

    /** Why cells have failed, each in one line. */
    public Map<Cell, String> failures() {
        return failures;
    }

    /** @param results how many cells have one */
    public int exitCode(int results) {
        return results == 0 || failures.isEmpty() ? firstFailure : ExitCodes.SOME_FAILED;
    }

    /** How long it took, and the peak memory of the whole process, native code included. */
    public String machine() {
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

    /** Writes the tables while nobody else does. */
    public void write(IoRunnable tables) throws IOException {
        FileLock claim = claims.awaitedTables();
        try {
            tables.run();
        } finally {
            claim.release();
        }
    }

    /** Writes files. */
    @FunctionalInterface
    public interface IoRunnable {
        void run() throws IOException;
    }

    @Override
    public void close() throws IOException {
        claims.close();
    }
}
