package io.numclip.runner.report;

import io.numclip.data.Bins;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.host.run.FinishedRun;
import io.numclip.host.run.PlainText;
import io.numclip.runner.chart.Axis;
import io.numclip.runner.chart.Reliability;
import io.numclip.runner.chart.Spans;
import io.numclip.runner.page.Figure;
import io.numclip.runner.page.Folded;
import io.numclip.runner.page.Markup;
import io.numclip.runner.page.Scrolled;
import io.numclip.runner.page.Tag;
import io.numclip.uncertainty.ConfidenceClass;
import io.numclip.uncertainty.CoverageReport;
import io.numclip.uncertainty.Likelihood;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Whether the model is as sure as it may be: probabilities beside what came true, intervals beside their promise. */
final class SureFigures {

    private SureFigures() {}

    static List<Markup> of(FinishedRun run) {
        List<Markup> content = new ArrayList<>();
        run.metrics()
                .coverage()
                .ifPresent(coverage ->
                        content.add(Tag.styled("p", coverage.verdict().isWarning() ? "warning" : "")
                                .add(CoverageTables.verdict(coverage.verdict()))));
        Tag columns = Tag.styled("div", "columns").add(reliability(run));
        run.metrics().coverage().ifPresent(coverage -> columns.add(coverage(coverage)));
        content.add(columns);
        run.metrics().coverage().ifPresent(coverage -> content.addAll(cuts(coverage, run)));
        run.metrics()
                .coverage()
                .ifPresent(coverage -> content.add(more(coverage, run.metrics().unit())));
        return content;
    }

    private static List<Markup> cuts(CoverageReport coverage, FinishedRun run) {
        List<Markup> content = new ArrayList<>();
        coverage.cuts().stream()
                .map(cut -> CutTables.warnings(cut, run.model().scale()))
                .filter(warnings -> !warnings.isEmpty())
                .forEach(warnings -> content.add(Tag.styled("p", "warning").add(warnings)));
        Tag figures = Tag.styled("div", "columns");
        coverage.cuts().forEach(cut -> figures.add(CutFigure.of(cut, run)));
        if (!coverage.cuts().isEmpty()) {
            content.add(figures);
        }
        return content;
    }

    private static Tag reliability(FinishedRun run) {
        Bins bins = run.model().concepts();
        LabeledPredictions predictions = run.predictions();
        double[][] probabilities = predictions.predictions().stream()
                .map(Prediction::probabilities)
                .toArray(double[][]::new);
        int[] labels =
                Arrays.stream(predictions.labels()).mapToInt(bins::indexOf).toArray();
        List<ConfidenceClass> classes = ConfidenceClass.of(probabilities, labels);
        Table table = new Table(
                List.of("probability", "images", "mean probability", "right"),
                classes.stream()
                        .map(each -> List.of(
                                FigureText.of(each.low()) + " to " + FigureText.of(each.high()),
                                String.valueOf(each.images()),
                                FigureText.of(each.confidence()),
                                FigureText.of(each.right())))
                        .toList());
        return Figure.of(
                "Probabilities, and how often they come true",
                "The probability of the likeliest concept, and how often that concept is right. Circles below the"
                        + " line: too sure of itself. The distance from the line is "
                        + FigureText.of(Likelihood.of(probabilities, labels).expectedCalibrationError())
                        + " on average over the images.",
                Reliability.of(
                        "How often the likeliest concept is right, over its probability.",
                        "probability of the likeliest concept",
                        "share that is right",
                        classes.stream().map(SureFigures::point).toList()),
                table.html());
    }

    private static Reliability.Point point(ConfidenceClass each) {
        return new Reliability.Point(
                each.confidence(),
                each.right(),
                each.images(),
                PlainText.counted(each.images(), "image") + ": said " + FigureText.of(each.confidence()) + ", right "
                        + FigureText.of(each.right()));
    }

    private static Tag coverage(CoverageReport report) {
        List<Spans.Row> rows = new ArrayList<>();
        double all =
                Objects.requireNonNull(report.intervals().get(report.shown())).coverage();
        rows.add(row("all images", report.test().images(), all, true));
        report.bins()
                .forEach(bin -> rows.add(row(
                        bin.concept(),
                        bin.images(),
                        Objects.requireNonNull(bin.coverage().get(report.shown())),
                        false)));
        return Figure.of(
                "Labels inside their interval",
                "By the concept that holds the prediction. The broken line is the promise, "
                        + Exact.percentText(report.promised()) + ".",
                Tag.styled("div", "all")
                        .add(Spans.of(Axis.exact("share of the labels inside", 0, 1), report.promised(), rows)),
                CoverageTables.bins(report).html());
    }

    private static Spans.Row row(String name, int images, double coverage, boolean ours) {
        String note = PlainText.counted(images, "image");
        return new Spans.Row(name, note, Exact.percentText(coverage), coverage, coverage, coverage, null, ours);
    }

    private static Tag more(CoverageReport report, String unit) {
        List<Markup> more = new ArrayList<>();
        more.add(Tag.of("p", CoverageTables.lead(report, unit)));
        more.add(Scrolled.of(
                "Coverage and widths of all forms of intervals",
                CoverageTables.forms(report).html(report.shown().toString())));
        CoverageTables.notes(report, unit).forEach(note -> more.add(Tag.of("p", note)));
        return Folded.of("All forms of intervals, sets of concepts and likelihoods", more.toArray(Markup[]::new));
    }
}
