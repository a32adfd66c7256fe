package io.numclip.runner.report;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.PartFigures;
import io.numclip.host.result.Parts;
import io.numclip.host.result.RunMetrics;
import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Parts of the test images, each with the error, bias and coverage of the trained model, beside the errors of others. */
public final class PartsFigure {

    private static final List<OrdinalMetric> METRICS = List.of(OrdinalMetric.MAE, OrdinalMetric.ACCURACY);
    private static final String BIAS = "bias";
    private static final String COVERAGE = "coverage";

    private final Parts divided;
    private final String unit;

    /** @param divided not empty */
    public PartsFigure(Parts divided, String unit) {
        this.divided = divided;
        this.unit = unit;
    }

    public Table table() {
        List<String> header = new ArrayList<>(List.of(divided.name(), "images"));
        METRICS.forEach(metric -> header.add(metric.title()));
        header.addAll(hasBias() ? List.of(BIAS) : List.of());
        header.addAll(hasCoverage() ? List.of(COVERAGE) : List.of());
        Comparison any = divided.parts().values().iterator().next();
        others(any).forEach(row -> METRICS.forEach(metric -> header.add(of(metric, row.model()))));
        List<List<Object>> rows = new ArrayList<>();
        divided.parts().forEach((name, part) -> rows.add(row(name, part)));
        return new Table(header, rows);
    }

    private List<Object> row(String name, Comparison part) {
        List<Object> cells = new ArrayList<>(List.of(PlainText.printable(name), part.count()));
        METRICS.forEach(metric -> cells.add(Measure.of(part.trained(), metric)));
        PartFigures figures = divided.trained().get(name);
        if (hasBias()) {
            cells.add(figures == null ? "" : Measure.of(figures.bias(), figures.biasInterval()));
        }
        if (hasCoverage()) {
            cells.add(figures == null ? "" : Measure.of(figures.coverage()));
        }
        others(part).forEach(row -> METRICS.forEach(metric -> cells.add(Measure.of(row, metric))));
        return cells;
    }

    private static List<Comparison.Row> others(Comparison part) {
        return part.rows().subList(0, part.rows().size() - 1);
    }

    private static String of(OrdinalMetric metric, String model) {
        return metric.title() + ", " + model;
    }

    private boolean hasBias() {
        return !divided.trained().isEmpty();
    }

    private boolean hasCoverage() {
        return divided.trained().values().stream().anyMatch(part -> part.coverage() != null);
    }

    /** What the columns mean; may be empty. */
    public String note() {
        return (hasBias() ? "Bias: the mean of prediction minus label, in " + unit + "." : "")
                + (hasCoverage() ? " Coverage: the share of the labels in their interval." : "");
    }

    /**
     * @param metrics of all test images, whose error is the broken line
     * @param concepts of the labels
     */
    Tag html(RunMetrics metrics, Bins concepts) {
        Table table = table();
        Figure figure = new Figure(title(), about(concepts) + note(), table, List.of())
                .key("", "the model")
                .key("open", "the guess")
                .key("dash", "the model on all images, no bias, and the promised coverage")
                .rows(
                        "mean absolute error, " + unit,
                        new RowChart(table, OrdinalMetric.MAE.title())
                                .note("images")
                                .beside(of(OrdinalMetric.MAE, Comparison.CONSTANT))
                                .reference(metrics.comparison().trained().mae()));
        if (hasBias()) {
            figure.rows("bias, " + unit, new RowChart(table, BIAS).reference(0));
        }
        if (hasCoverage()) {
            RowChart chart = new RowChart(table, COVERAGE).shares();
            metrics.coverage().ifPresent(report -> chart.reference(report.promised()));
            figure.rows("share of the labels in their interval", chart);
        }
        return figure.html();
    }

    private String title() {
        return switch (divided.name()) {
            case Parts.BIN -> "Error along the scale";
            case Parts.LONG_TAIL -> "By how often the label was trained";
            default -> "By " + divided.name();
        };
    }

    private static String range(Bin bin) {
        return bin.concept() + " " + Axis.number(bin.lower()) + " to " + Axis.number(bin.upper());
    }

    private String about(Bins concepts) {
        return switch (divided.name()) {
            case Parts.BIN ->
                "By the concept of the label, with 95 % intervals: "
                        + concepts.list().stream().map(PartsFigure::range).collect(Collectors.joining(", ")) + ". ";
            case Parts.LONG_TAIL ->
                "Labels with many training images have more than 100, those with few less than 20. ";
            default -> "";
        };
    }
}
