package io.numclip.runner.demo;

import io.numclip.host.run.Comparison;
import io.numclip.host.run.RunResult;
import io.numclip.runner.report.Notes;
import io.numclip.runner.report.RunTable;
import io.numclip.runner.report.Table;
import io.numclip.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several tasks side by side.
 *
 * @param runs by task, one for each seed
 */
public record DemoReport(Map<String, List<RunResult>> runs) {

    /** One row for each task and model. */
    public Table table() {
        Map<String, List<Comparison>> comparisons = new LinkedHashMap<>();
        runs.forEach((task, results) -> comparisons.put(
                task, results.stream().map(RunResult::comparison).toList()));
        return RunTable.of(comparisons);
    }

    /** The page {@code demo.html}, and the table as {@code results.md}. */
    public void write(Path folder, String command) throws IOException {
        AtomicFile.write(
                folder.resolve("demo.html"),
                DemoPage.html(runs, any().config().protocol().notes(), command));
        AtomicFile.write(folder.resolve("results.md"), markdown(command));
    }

    /** Notes that apply to all runs; ends with a line break, or is empty. */
    public String notes() {
        return Notes.text(any().config().protocol());
    }

    private RunResult any() {
        return runs.values().iterator().next().get(0);
    }

    private String markdown(String command) {
        String seeds = runs.values().iterator().next().size() > 1 ? "Mean ± standard deviation over the seeds. " : "";
        return "Made by:\n\n```\n" + command + "\n```\n\n" + seeds
                + "MAE and RMSE in the unit of the task, on its test split.\n\n"
                + table().markdown() + (notes().isEmpty() ? "" : "\n" + notes());
    }
}
