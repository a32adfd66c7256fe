package io.numclip.runner.demo;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.RunResult;
import io.numclip.runner.page.Page;
import io.numclip.runner.page.Tag;
import io.numclip.runner.report.Gallery;
import io.numclip.runner.report.Measure;
import io.numclip.runner.report.Notes;
import io.numclip.runner.report.RunsFigures;
import io.numclip.runner.report.TestImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page of the demonstration: for each task its errors beside those of others, and some images. */
final class DemoPage {

    private DemoPage() {}

    /** @param notes that apply to all runs */
    static String html(Map<String, List<RunResult>> runs, List<String> notes, String command) {
        Tag list = Tag.of("ul");
        runs.forEach((task, results) -> list.add(Tag.of("li", sentence(task, results))));
        Page page = new Page("From images to numbers", "demonstration")
                .lead(Tag.styled(
                        "p",
                        "lead",
                        "CLIP knows words for quantities. NumCLIP, trained on a few sample images, turns them into"
                                + " numbers. On images that it had not seen:"))
                .lead(list, Notes.warnings(notes, List.of()));
        runs.forEach((task, results) -> page.section(task, section(results)));
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

    private static List<Tag> section(List<RunResult> results) {
        RunResult first = results.get(0);
        TestImages images = TestImages.of(
                first.predictions().images(), first.config().backbone().behind());
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
