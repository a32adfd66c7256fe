package io.numclip.runner.report;

import io.numclip.host.files.FinishedRun;
import io.numclip.host.result.Parts;
import io.numclip.host.result.RunMetrics;
import io.numclip.host.result.RunResult;
import io.numclip.runner.page.Page;
import io.numclip.runner.page.Tag;
import io.numclip.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** The page of one run, drawn from the files in its folder. */
public final class RunPage {

    private RunPage() {}

    /** Writes the results of a run: its data, and the page that is drawn from them. */
    public static void write(RunResult result) throws IOException {
        FinishedRun.write(
                result,
                run -> draw(
                        run,
                        TestImages.of(result.predictions().images(), result.folder()),
                        result.folder().report()));
    }

    /** Draws the page of a run anew. */
    public static void draw(FinishedRun run, TestImages images, Path file) throws IOException {
        AtomicFile.write(file, html(run, images));
    }

    private static String html(FinishedRun run, TestImages images) throws IOException {
        RunMetrics metrics = run.metrics();
        Lead lead = new Lead(metrics);
        return new Page(lead.heading(), "report of a run")
                .lead(lead.paragraph())
                .lead(metrics.verdict().isEmpty() ? List.of() : Notes.list(metrics.verdict()))
                .lead(Notes.warnings(metrics.notes(), metrics.leaks()))
                .lead(lead.tiles(run.model().concepts().size()))
                .section("Beside other models", ErrorFigures.models(metrics), all(metrics))
                .section(
                        "Predictions and labels",
                        Tag.styled("div", "columns", ErrorFigures.predictions(run), ErrorFigures.concepts(run)))
                .section(
                        "Errors",
                        Tag.styled(
                                "div",
                                "columns",
                                parts(run, parts -> parts.name().equals(Parts.BIN)),
                                ErrorFigures.histogram(run)))
                .section(
                        "Groups of images",
                        parts(
                                run,
                                parts -> !parts.name().equals(Parts.BIN)
                                        && parts.parts().size() > 1))
                .section("How sure it is", SureFigures.of(run))
                .section("More labels", LearnedFigures.moreLabels(metrics))
                .section("What it has learned", columns(LearnedFigures.of(run)))
                .section("Images", new Gallery(run.model().scale(), run.predictions(), images).all())
                .section("About this run", About.of(run))
                .html();
    }

    private static List<Tag> columns(List<Tag> figures) {
        return figures.isEmpty() ? List.of() : List.of(Tag.styled("div", "columns", figures));
    }

    private static List<Tag> parts(FinishedRun run, Predicate<Parts> some) {
        RunMetrics metrics = run.metrics();
        return metrics.parts().stream()
                .filter(some)
                .map(parts -> new PartsFigure(parts, metrics.unit())
                        .html(metrics, run.model().concepts()))
                .toList();
    }

    private static Tag all(RunMetrics metrics) {
        return Tag.folded(
                "All metrics, beside the best constant of each",
                Tag.scrolled("All metrics", MetricTable.of(metrics.comparison()).html(List.of())),
                Tag.styled("p", "quiet", MetricTable.note(metrics.comparison(), metrics.unit())));
    }
}
