package io.numclip.runner.runs;

import io.numclip.data.NumClipException;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.files.Made;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.RunFolder;
import io.numclip.host.result.RunMetrics;
import io.numclip.runner.report.Measure;
import io.numclip.runner.report.Table;
import io.numclip.storage.AtomicFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs in a folder and in the folders in it, each with its result in a few words. */
final class RunsTable {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
    private static final int DEPTH = 2; // those of a demonstration or of folds lie a folder deeper

    private RunsTable() {}

    /** The table; empty if there is no run. */
    static Optional<Table> of(Path folder) throws IOException {
        Table table = new Table("run", "task", "method", "MAE", "guess", "unit", "images", "finished (UTC)");
        List<RunFolder> runs = runs(folder, DEPTH);
        for (RunFolder run : runs) {
            table.row(row(folder, run));
        }
        return runs.isEmpty() ? Optional.empty() : Optional.of(table);
    }

    private static List<RunFolder> runs(Path folder, int depth) throws IOException {
        List<RunFolder> runs = new ArrayList<>();
        for (Path entry : Files.isDirectory(folder) ? AtomicFolder.list(folder) : List.<Path>of()) {
            if (RunFolder.isRun(entry)) {
                runs.add(new RunFolder(entry));
            } else if (depth > 1 && Files.isDirectory(entry) && Files.isReadable(entry)) {
                runs.addAll(runs(entry, depth - 1));
            }
        }
        return runs;
    }

    private static Object[] row(Path folder, RunFolder run) throws IOException {
        String name = PlainText.printable(folder.relativize(run.path()).toString());
        try {
            return RunMetrics.read(run.metrics())
                    .map(metrics -> row(name, metrics, date(run)))
                    .orElse(new Object[] {name, "", "", "", "", "", "", without(run)});
        } catch (NumClipException | IllegalArgumentException damaged) {
            return new Object[] {name, "", "", "", "", "", "", "metrics.json is damaged"};
        }
    }

    private static String without(RunFolder run) {
        return run.isRecalibrated() ? "recalibrated; evaluate tests it" : "not finished";
    }

    private static Object[] row(String name, RunMetrics metrics, String date) {
        Comparison comparison = metrics.comparison();
        return new Object[] {
            name,
            PlainText.printable(metrics.task()),
            PlainText.printable(comparison.trained().model()),
            Measure.of(comparison.trained(), OrdinalMetric.MAE),
            Measure.alone(comparison.row(Comparison.CONSTANT), OrdinalMetric.MAE),
            PlainText.printable(metrics.unit()),
            comparison.count(),
            date
        };
    }

    /** The date that the run says; for a run of an earlier version, when its last file was written. */
    private static String date(RunFolder run) {
        try {
            Optional<Made> made = Made.read(run.made());
            return DATE.format(
                    made.isPresent()
                            ? made.get().finished()
                            : Files.getLastModifiedTime(run.metrics()).toInstant());
        } catch (IOException unknown) {
            return "";
        }
    }
}
