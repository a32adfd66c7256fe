package io.numclip.runner.compare;

import io.numclip.host.compare.Cell;
import io.numclip.host.compare.CellResult;
import io.numclip.host.files.CsvFile;
import io.numclip.host.message.PlainText;
import io.numclip.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results of a comparison: a table for each task, number of shots and shift, as text, Markdown and CSV. */
public final class CompareReport {

    private final Map<Cell, CellResult> results;
    private final Map<Cell, String> failures;
    private final List<MethodsTable> tables = new ArrayList<>();

    /**
     * @param results of the finished cells, in the order of the comparison
     * @param failures of the others, each in one line
     * @param against title of the method that all are tested against; empty: the best in the table
     */
    public CompareReport(Map<Cell, CellResult> results, Map<Cell, String> failures, String against) {
        this.results = results;
        this.failures = failures;
        Map<Cell.Table, Map<String, MethodRow>> grouped = new LinkedHashMap<>();
        results.forEach((cell, result) -> grouped.computeIfAbsent(cell.table(), table -> new LinkedHashMap<>())
                .computeIfAbsent(
                        cell.method(), method -> new MethodRow(result.title(), cell.config(), new LinkedHashMap<>()))
                .cells()
                .put(new MethodRow.Run(cell.seed(), cell.fold(), cell.factor()), result));
        grouped.forEach(
                (table, rows) -> tables.add(new MethodsTable(table, List.copyOf(rows.values()), title(against))));
    }

    /** The title of the method with this name or title. */
    private String title(String against) {
        return results.entrySet().stream()
                .filter(entry -> entry.getKey().method().equals(against))
                .map(entry -> entry.getValue().title())
                .findFirst()
                .orElse(against);
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        for (MethodsTable table : tables) {
            text.append(table.heading()).append(":\n").append(table.text().text());
            table.warnings()
                    .forEach(
                            warning -> text.append(PlainText.printable(warning)).append('\n'));
            text.append('\n');
        }
        failures.forEach((cell, failure) -> text.append(failure(cell, failure)).append('\n'));
        return text.toString();
    }

    /** Writes {@code compare.html}, {@code compare.txt}, {@code compare.md}, {@code compare.csv} and {@code differences.csv}. */
    public void write(Path folder, String command, String machine) throws IOException {
        AtomicFile.write(folder.resolve("compare.txt"), text() + machine + "\n");
        AtomicFile.write(folder.resolve("compare.md"), markdown(command, machine));
        CsvFile.write(folder.resolve("compare.csv"), csv -> {
            csv.writeRecord("task", "shots", "shift", "method", "metric", "mean", "deviation", "runs");
            tables.forEach(table -> table.csv().forEach(csv::writeRecord));
        });
        CsvFile.write(folder.resolve("differences.csv"), csv -> {
            csv.writeRecord(
                    "task",
                    "shots",
                    "shift",
                    "method",
                    "against",
                    "difference",
                    "low",
                    "high",
                    "p",
                    "pHolm",
                    "clusters");
            tables.forEach(table -> table.differencesCsv().forEach(csv::writeRecord));
        });
        AtomicFile.write(folder.resolve("compare.html"), html(command, machine));
    }

    private String html(String command, String machine) {
        List<String> failed = failures.entrySet().stream()
                .map(failure -> failure(failure.getKey(), failure.getValue()))
                .toList();
        return ComparePage.html(tables, failed, NOTES, command, machine);
    }

    private String markdown(String command, String machine) {
        StringBuilder text = new StringBuilder("Made by:\n\n```\n" + command + "\n```\n\n" + machine + "\n");
        for (MethodsTable table : tables) {
            text.append("\n## ")
                    .append(table.heading())
                    .append("\n\n")
                    .append(table.text().markdown());
            table.warnings().forEach(warning -> text.append("\n- ").append(PlainText.printable(warning)));
            text.append(table.warnings().isEmpty() ? "" : "\n");
        }
        text.append('\n').append(NOTES).append('\n');
        failures.forEach((cell, failure) -> text.append("\n- ").append(failure(cell, failure)));
        return text.toString();
    }

    private static final String NOTES =
            "Mean ± standard deviation over the runs (seeds and folds), the lowest MAE first; the order says"
                    + " nothing of methods whose p is 0.05 or more. Where a column names a"
                    + " method, it has the difference in MAE to that method on the same images and seeds, with its 95 %"
                    + " interval from the bootstrap over clusters of images crossed with seeds (Owen 2007), and p of the"
                    + " sign-flip test by cluster, corrected for the tests of the table by Holm (1979). Steps are those of"
                    + " the optimizer; seconds are those of training, without reading images.";

    private static String failure(Cell cell, String failure) {
        return PlainText.printable("failed: " + cell + ": " + failure);
    }
}
