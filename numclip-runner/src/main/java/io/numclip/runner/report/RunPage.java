package io.numclip.runner.report;

import io.numclip.host.run.FinishedRun;
import io.numclip.host.run.Parts;
import io.numclip.host.run.RunMetrics;
import io.numclip.runner.page.Folded;
import io.numclip.runner.page.Markup;
import io.numclip.runner.page.Page;
import io.numclip.runner.page.Scrolled;
import io.numclip.runner.page.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The page of one run, drawn from the files in its folder. */
final class RunPage {

    private RunPage() {}

    static String html(FinishedRun run, TestImages images) throws IOException {
        RunMetrics metrics = run.metrics();
        Lead lead = new Lead(metrics);
        List<Markup> head = new ArrayList<>(lead.paragraphs());
        head.addAll(ProtocolNotes.html(metrics.notes(), metrics.leaks()));
        head.add(Tiles.of(run));
        return new Page(lead.heading(), "report of a run")
                .lead(head.toArray(Markup[]::new))
                .section("Beside other models", ModelsFigure.of(metrics), all(metrics))
                .section("Predictions and labels", columns(PredictionsFigures.of(run)))
                .section("Errors", columns(ErrorFigures.of(run)))
                .section("Groups of images", groups(metrics))
                .section("How sure it is", SureFigures.of(run))
                .section("What it has learned", columns(LearnedFigures.of(run)))
                .section("Images", new Gallery(run.model().scale(), run.predictions(), images).all())
                .section("About this run", About.of(run))
                .html();
    }

    private static Tag columns(List<Tag> figures) {
        return Tag.styled("div", "columns").add(figures);
    }

    /** The bins are in the chart of the errors. */
    private static List<Tag> groups(RunMetrics metrics) {
        return metrics.parts().stream()
                .filter(parts ->
                        !parts.name().equals(Parts.BIN) && parts.parts().size() > 1)
                .flatMap(parts -> Stream.concat(
                        Stream.of(PartsFigure.of(parts, metrics.comparison(), metrics.unit())),
                        Stream.of(parts).filter(BiasFigure::isKnown).map(known -> BiasFigure.of(known, metrics))))
                .toList();
    }

    private static Tag all(RunMetrics metrics) {
        return Folded.of(
                "All metrics, beside the best constant of each",
                Scrolled.of("All metrics", MetricTable.of(metrics.comparison()).html()),
                Tag.styled("p", "quiet").add(MetricTable.note(metrics.comparison(), metrics.unit())));
    }
}
