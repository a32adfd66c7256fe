package io.numclip.runner.report;

import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.FinishedRun;
import io.numclip.host.run.PlainText;
import io.numclip.host.run.RunMetrics;
import io.numclip.runner.page.Markup;
import io.numclip.runner.page.Tag;
import io.numclip.runner.page.Text;
import io.numclip.uncertainty.CoverageReport;
import java.util.Objects;

/** The few figures of a run that everybody asks for. */
final class Tiles {

    private Tiles() {}

    static Tag of(FinishedRun run) {
        RunMetrics metrics = run.metrics();
        Comparison comparison = metrics.comparison();
        Comparison.Row trained = comparison.trained();
        Comparison.Row constant = comparison.row(Comparison.CONSTANT);
        Tag tiles = Tag.styled("dl", "tiles");
        tiles.add(metric("Mean absolute error", trained, OrdinalMetric.MAE, " " + metrics.unit()));
        tiles.add(share(trained, constant));
        tiles.add(accuracy(trained, run.model().concepts().size()));
        metrics.coverage().ifPresent(coverage -> tiles.add(interval(coverage, metrics.unit())));
        return tiles;
    }

    private static Tag metric(String name, Comparison.Row row, OrdinalMetric metric, String unit) {
        Double figure = row.figures().get(metric);
        Markup large = figure == null ? new Text("undefined") : Exact.of(figure, "models", row.model(), metric.key());
        return tile(name, Tag.of("span").add(large).add(unit), between(row, metric));
    }

    static Tag share(Comparison.Row trained, Comparison.Row constant) {
        double ours = trained.mae();
        double theirs = constant.mae();
        Tag large = ours == theirs
                ? Tag.of("span", "equal")
                : Tag.styled("span", ours < theirs ? "good" : "bad").add(beside(ours, theirs));
        return tile("Error, beside that of a guess", large, "the guess is off by " + PlainText.figure(theirs));
    }

    /** No share of an error of 0 can be told. */
    private static String beside(double ours, double theirs) {
        return theirs == 0
                ? "worse"
                : Math.round(100 * Math.abs(1 - ours / theirs)) + " % " + (ours < theirs ? "less" : "more");
    }

    private static Tag accuracy(Comparison.Row row, int concepts) {
        Double figure = row.figures().get(OrdinalMetric.ACCURACY);
        Markup large = figure == null
                ? new Text("undefined")
                : Exact.percent(figure, "models", row.model(), OrdinalMetric.ACCURACY.key());
        return tile(
                "Right among " + PlainText.counted(concepts, "concept"),
                Tag.of("span").add(large),
                percents(row));
    }

    private static Tag interval(CoverageReport coverage, String unit) {
        CoverageReport.Intervals shown =
                Objects.requireNonNull(coverage.intervals().get(coverage.shown()));
        Tag large = Tag.of("span")
                .add(Exact.of(shown.meanWidth(), "uncertainty", "intervals", coverage.shown(), "meanWidth"))
                .add(" " + unit);
        Tag small = Tag.of("span")
                .add(Exact.percent(shown.coverage(), "uncertainty", "intervals", coverage.shown(), "coverage"))
                .add(" of the labels lie inside, " + Math.round(100 * coverage.promised()) + " % promised");
        if (!coverage.verdict().kept() || coverage.verdict().isSeen()) {
            small.set("class", coverage.verdict().kept() ? "good" : "bad");
        }
        return tile("Width of an interval, on average", large, small);
    }

    private static String between(Comparison.Row row, OrdinalMetric metric) {
        Interval interval = row.intervals().get(metric);
        return interval == null
                ? "too few images for an interval"
                : "95 % interval: " + PlainText.figure(interval.low()) + " to " + PlainText.figure(interval.high());
    }

    private static String percents(Comparison.Row row) {
        Interval interval = row.intervals().get(OrdinalMetric.ACCURACY);
        return interval == null
                ? "too few images for an interval"
                : "95 % interval: " + Exact.percentText(interval.low()) + " to " + Exact.percentText(interval.high());
    }

    private static Tag tile(String name, Tag large, String small) {
        return tile(name, large, Tag.of("span", small));
    }

    private static Tag tile(String name, Tag large, Tag small) {
        return Tag.styled("div", "tile")
                .add(
                        Tag.of("dt", name),
                        Tag.of("dd")
                                .add(
                                        Tag.styled("div", "large").add(large),
                                        Tag.of("small").add(small)));
    }
}
