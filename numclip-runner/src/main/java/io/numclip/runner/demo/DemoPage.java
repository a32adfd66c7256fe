package io.numclip.runner.demo;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.RunResult;
import io.numclip.runner.page.Links;
import io.numclip.runner.page.Markup;
import io.numclip.runner.page.Page;
import io.numclip.runner.page.Tag;
import io.numclip.runner.report.Gallery;
import io.numclip.runner.report.MeansFigure;
import io.numclip.runner.report.RunTable;
import io.numclip.runner.report.TestImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page of the demonstration: for each task its errors beside those of others, and some images. */
final class DemoPage {

    private DemoPage() {}

    /** @param notes that apply to all runs */
    static String html(Map<String, List<RunResult>> runs, List<String> notes, String command) {
        Page page = new Page("From images to numbers", "demonstration");
        Tag list = Tag.of("ul");
        runs.forEach((task, results) -> list.add(Tag.of("li").add(sentence(task, results))));
        List<Markup> head = new ArrayList<>();
        head.add(Tag.styled("p", "lead")
                .add("CLIP knows words for quantities. NumCLIP, trained on a few sample images, turns them into"
                        + " numbers. On images that it had not seen:"));
        head.add(list);
        notes.forEach(note -> head.add(Tag.styled("p", "warning").add(note)));
        page.lead(head.toArray(Markup[]::new));
        runs.forEach((task, results) -> page.section(task, section(results)));
        return page.section(
                        "To make it again",
                        Tag.of("pre", command),
                        Links.of("The figures as a table: ", List.of("results.md"), ""))
                .html();
    }

    private static String sentence(String task, List<RunResult> results) {
        List<Comparison> comparisons =
                results.stream().map(RunResult::comparison).toList();
        return task + ": off by " + mae(comparisons.get(0).trained().model(), comparisons) + " "
                + results.get(0).scale().unit() + " on average, where a guess is off by "
                + mae(Comparison.CONSTANT, comparisons) + ".";
    }

    private static String mae(String model, List<Comparison> comparisons) {
        return RunTable.cell(RunTable.figures(model, OrdinalMetric.MAE, comparisons));
    }

    private static List<Markup> section(List<RunResult> results) {
        RunResult first = results.get(0);
        List<Markup> content = new ArrayList<>();
        content.add(MeansFigure.of(
                "Error of each model",
                results.stream().map(RunResult::comparison).toList(),
                "seeds",
                first.scale().unit()));
        content.add(Tag.styled("h3", "group").add("Six test images"));
        content.addAll(new Gallery(
                        first.scale(),
                        first.predictions(),
                        TestImages.of(
                                first.predictions().images(),
                                first.config().backbone().behind()))
                .across());
        List<String> folders = results.stream()
                .map(result -> String.valueOf(result.folder().path().getFileName()))
                .toList();
        content.add(Links.of("More in the report: ", folders, "/report.html"));
        return content;
    }
}
