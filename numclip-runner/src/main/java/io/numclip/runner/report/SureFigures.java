package io.numclip.runner.report;

import io.numclip.data.Bins;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.host.files.FinishedRun;
import io.numclip.runner.page.Tag;
import io.numclip.uncertainty.coverage.CoverageReport;
import io.numclip.uncertainty.temperature.ConfidenceClass;
import io.numclip.uncertainty.temperature.Likelihood;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether the model is as sure as it may be: probabilities beside what came true, intervals beside their promise. */
final class SureFigures {

    private SureFigures() {}

    static List<Tag> of(FinishedRun run) {
        return run.metrics().coverage().map(coverage -> of(coverage, run)).orElseGet(() -> List.of(reliability(run)));
    }

    private static List<Tag> of(CoverageReport coverage, FinishedRun run) {
        List<Tag> content = new ArrayList<>();
        Tag figures = Tag.styled("div", "columns", reliability(run), coverage(coverage));
        coverage.cuts().forEach(cut -> {
            String warnings = CutTables.warnings(cut, run.model().scale());
            if (!warnings.isEmpty()) {
                content.add(Tag.styled("p", "warning", warnings));
            }
            figures.add(CutTables.figure(cut, run));
        });
        content.add(figures);
        content.add(more(coverage, run.metrics().unit()));
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
        Table table = classes(ConfidenceClass.of(probabilities, labels));
        double[] images = table.numbers("images");
        double most = Arrays.stream(images).max().orElse(1);
        Tag chart = new Chart(
                        Axis.exact("probability of the likeliest concept", 0, 1),
                        Axis.exact("share that is right", 0, 1))
                .diagonal()
                .dots(
                        "point",
                        table,
                        "mean probability",
                        "right",
                        row -> Math.max(3, 11 * Math.sqrt(images[row] / most)))
                .draw("How often the likeliest concept is right, over its probability.");
        String about =
                "The probability of the likeliest concept, and how often that concept is right. Circles below the"
                        + " line: too sure of itself. The distance from the line is "
                        + Measure.of(Likelihood.of(probabilities, labels).expectedCalibrationError())
                        + " on average over the images.";
        return new Figure("Probabilities, and how often they come true", about, table, List.of())
                .chart(chart)
                .html();
    }

    private static Table classes(List<ConfidenceClass> classes) {
        Table table = new Table("probability", "images", "mean probability", "right");
        classes.forEach(each -> table.row(
                Measure.of(each.low()) + " to " + Measure.of(each.high()),
                each.images(),
                Measure.of(each.confidence()),
                Measure.of(each.right())));
        return table;
    }

    private static Tag coverage(CoverageReport report) {
        Table bins = CoverageTables.bins(report);
        return new Figure(
                        "Labels inside their interval",
                        "By the concept that holds the prediction. The broken line is the promise, "
                                + Measure.percent(report.promised()) + ".",
                        bins,
                        List.of(CoverageTables.ALL))
                .rows(
                        "share of the labels inside",
                        new RowChart(bins, report.shown().toString())
                                .note("images")
                                .shares()
                                .reference(report.promised()))
                .html();
    }

    private static Tag more(CoverageReport report, String unit) {
        return Tag.folded(
                "All forms of intervals, sets of concepts and likelihoods",
                Tag.of("p", CoverageTables.lead(report, unit)),
                Tag.scrolled(
                        "Coverage and widths of all forms of intervals",
                        CoverageTables.forms(report).html(List.of(report.shown().toString()))),
                CoverageTables.notes(report, unit).stream()
                        .map(note -> Tag.of("p", note))
                        .toList());
    }
}
