package io.numclip.runner.compare;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.numclip.host.run.PlainText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results of a comparison: a table for each task and number of shots, as text, Markdown and CSV. */
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
        Map<String, Map<String, MethodRow>> grouped = new LinkedHashMap<>();
        results.forEach((cell, result) -> grouped.computeIfAbsent(heading(cell), heading -> new LinkedHashMap<>())
                .computeIfAbsent(cell.method(), method -> new MethodRow(result.title(), new LinkedHashMap<>()))
                .cells()
                .put(cell.seed() + "|" + cell.fold(), result));
        grouped.forEach(
                (heading, rows) -> tables.add(new MethodsTable(heading, List.copyOf(rows.values()), title(against))));
    }

    /** The title of the method with this name or title. */
    private String title(String against) {
        return results.entrySet().stream()
                .filter(entry -> entry.getKey().method().equals(against))
                .map(entry -> entry.getValue().title())
                .findFirst()
                .orElse(against);
    }

    private static String heading(Cell cell) {
        return cell.task() + (cell.shots() == 0 ? "" : ", " + cell.shots() + "-shot");
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        for (MethodsTable table : tables) {
            text.append(heading(table))
                    .append(":\n")
                    .append(table.text().text())
                    .append('\n');
        }
        failures.forEach((cell, failure) -> text.append(failure(cell, failure)).append('\n'));
        return text.toString();
    }

    /** Writes {@code compare.txt}, {@code compare.md} and {@code compare.csv}. */
    public void write(Path folder, String command, String machine) throws IOException {
        Files.writeString(folder.resolve("compare.txt"), text() + machine + "\n", StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("compare.md"), markdown(command, machine), StandardCharsets.UTF_8);
        try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("compare.csv"))) {
            csv.writeRecord("task", "method", "metric", "mean", "deviation", "runs");
            tables.forEach(table -> table.csv().forEach(csv::writeRecord));
        }
    }

    private String markdown(String command, String machine) {
        StringBuilder text = new StringBuilder("Made by:\n\n```\n" + command + "\n```\n\n" + machine + "\n");
        for (MethodsTable table : tables) {
            text.append("\n## ").append(heading(table)).append("\n\n").append(table.markdown());
        }
        text.append('\n').append(NOTES).append('\n');
        failures.forEach((cell, failure) -> text.append("\n- ").append(failure(cell, failure)));
        return text.toString();
    }

    private static final String NOTES =
            "Mean ± standard deviation over the runs (seeds and folds), the lowest MAE first. Where a column names a"
                    + " method, it has the difference in MAE to that method with its 95 % bootstrap interval, and p of the"
                    + " paired sign-flip test on the same images; an image that several seeds have predicted counts"
                    + " once, with its mean error. Seconds are those of training, without reading images.";

    private static String heading(MethodsTable table) {
        return table.heading() + " (" + table.images() + " test images, MAE and RMSE in " + table.unit() + ")";
    }

    private static String failure(Cell cell, String failure) {
        return PlainText.printable("failed: " + cell + ": " + failure);
    }
}
