package io.numclip.runner.demo;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.RunResult;
import io.numclip.runner.page.Page;
import io.numclip.runner.page.Tag;
import io.numclip.runner.report.Gallery;
import io.numclip.runner.report.Measure;
import io.numclip.runner.report.Notes;
import io.numclip.runner.report.RunTable;
import io.numclip.runner.report.RunsFigures;
import io.numclip.runner.report.Table;
import io.numclip.runner.report.TestImages;
import io.numclip.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
        AtomicFile.write(folder.resolve("demo.html"), html(command));
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

    /** The page: for each task its errors beside those of others, and some images. */
    private String html(String command) throws IOException {
        Tag list = Tag.of("ul");
        runs.forEach((task, results) -> list.add(Tag.of("li", sentence(task, results))));
        Page page = new Page("From images to numbers", "demonstration")
                .lead(Tag.styled(
                        "p",
                        "lead",
                        "CLIP knows words for quantities. NumCLIP, trained on a few sample images, turns them into"
                                + " numbers. On images that it had not seen:"))
                .lead(list, Notes.warnings(any().config().protocol().notes(), List.of()));
        for (Map.Entry<String, List<RunResult>> task : runs.entrySet()) {
            page.section(task.getKey(), section(task.getValue()));
        }
        return page.section(
                        "To make it again",
                        Tag.of("pre", command),
                        Tag.links("The figures as a table: ", List.of("results.md"), ""))
                .html();
    }

    private static String sentence(String task, List<RunResult> results) {
        List<Comparison> comparisons =
                results.stream().map(RunResult::comparison).toList();
        return task + ": off by " + mae(comparisons.get(0).trained().model(), comparisons) + " "
                + results.get(0).scale().unit() + " on average, where a guess is off by "
                + mae(Comparison.CONSTANT, comparisons) + ".";
    }

    private static Measure mae(String model, List<Comparison> comparisons) {
        return Measure.over(model, OrdinalMetric.MAE, comparisons);
    }

    private static List<Tag> section(List<RunResult> results) throws IOException {
        RunResult first = results.get(0);
        TestImages images = TestImages.of(first.predictions().images(), first.folder());
        List<Tag> content = new ArrayList<>();
        content.add(RunsFigures.means(
                results.stream().map(RunResult::comparison).toList(),
                "seeds",
                first.scale().unit()));
        content.add(Tag.styled("h3", "group", "Six test images"));
        content.addAll(new Gallery(first.scale(), first.predictions(), images).across());
        List<String> folders = results.stream()
                .map(result -> String.valueOf(result.folder().path().getFileName()))
                .toList();
        content.add(Tag.links("More in the report: ", folders, "/report.html"));
        return content;
    }
}
