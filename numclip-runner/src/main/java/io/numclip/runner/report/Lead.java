package io.numclip.runner.report;

import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Against;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.Finding;
import io.numclip.host.result.RunMetrics;
import io.numclip.host.result.TestFindings;
import io.numclip.runner.page.Tag;
import io.numclip.uncertainty.coverage.CoverageReport;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run has reached: in plain words, beside a guess, and the few figures that everybody asks for. */
final class Lead {

    private final RunMetrics metrics;
    private final Comparison comparison;
    private final Comparison.Row trained;

    Lead(RunMetrics metrics) {
        this.metrics = metrics;
        this.comparison = metrics.comparison();
        this.trained = comparison.trained();
    }

    /** The result as a heading. */
    String heading() {
        String mae = PlainText.figure(trained.mae());
        return metrics.task() + ": "
                + switch (beside()) {
                    case BETTER ->
                        metrics.verdict().stream().anyMatch(finding -> finding.topic() == Finding.Topic.WITHIN)
                                ? TestFindings.within(comparison, metrics.unit())
                                : "off by " + mae + " " + metrics.unit() + " on average";
                    case OPEN -> "not surely better than a guess";
                    case WORSE -> "worse than a guess";
                };
    }

    private Against beside() {
        return Against.of(comparison, metrics.differences(), Comparison.CONSTANT);
    }

    Tag paragraph() {
        String images = "On " + PlainText.counted(comparison.count(), "test image") + ", ";
        Tag text = Tag.styled("p", "lead", images + trained.model() + " is off by ")
                .add(Tag.of("strong", error(trained), " " + metrics.unit()), " on average");
        Interval interval = trained.intervals().get(OrdinalMetric.MAE);
        if (interval != null) {
            text.add(" (95 % interval: ", end(interval.low(), 0), " to ", end(interval.high(), 1), ")");
        }
        return text.add(". A guess (always " + comparison.constantOfMae() + ") is off by ")
                .add(error(comparison.row(Comparison.CONSTANT)), ".");
    }

    private Tag end(double end, int index) {
        return exact(end, PlainText.figure(end), "intervals", trained.model(), OrdinalMetric.MAE.key(), index);
    }

    /** @param concepts how many there are */
    Tag tiles(int concepts) {
        Tag tiles = Tag.styled(
                "dl",
                "tiles",
                tile(
                        "Mean absolute error",
                        Tag.of("span", error(trained), " " + metrics.unit()),
                        between(OrdinalMetric.MAE)),
                share(trained.mae(), comparison.row(Comparison.CONSTANT).mae(), beside()),
                tile(
                        "Right among " + PlainText.counted(concepts, "concept"),
                        figure(trained, OrdinalMetric.ACCURACY),
                        words()));
        metrics.coverage().ifPresent(coverage -> tiles.add(width(coverage)));
        return tiles;
    }

    private static Tag error(Comparison.Row row) {
        return figure(row, OrdinalMetric.MAE);
    }

    private static Tag figure(Comparison.Row row, OrdinalMetric metric) {
        Double figure = row.figures().get(metric);
        return figure == null
                ? Tag.of("span", "undefined")
                : exact(figure, text(metric, figure), "models", row.model(), metric.key());
    }

    /** A share in percent. */
    private static String text(OrdinalMetric metric, double figure) {
        return metric == OrdinalMetric.ACCURACY ? Measure.percent(figure).text() : PlainText.figure(figure);
    }

    private String between(OrdinalMetric metric) {
        Interval interval = trained.intervals().get(metric);
        return interval == null || interval.low() == interval.high()
                ? "no interval"
                : "95 % interval: " + text(metric, interval.low()) + " to " + text(metric, interval.high());
    }

    /** The interval, and how often the commonest concept is right. */
    private Tag words() {
        Comparison.Row row = comparison.row(Comparison.CONSTANT);
        Double ours = trained.figures().get(OrdinalMetric.ACCURACY);
        Double theirs = row.figures().get(OrdinalMetric.ACCURACY);
        boolean isWorse = ours != null && theirs != null && ours < theirs;
        return Tag.of("span", between(OrdinalMetric.ACCURACY) + ", ")
                .add(Tag.styled("span", isWorse ? "bad" : "", "a guess: ", figure(row, OrdinalMetric.ACCURACY)));
    }

    /** In colour where it is not chance. */
    static Tag share(double ours, double theirs, Against against) {
        Tag large = ours == theirs
                ? Tag.of("span", "equal")
                : Tag.styled(
                        "span",
                        switch (against) {
                            case BETTER -> "good";
                            case OPEN -> "";
                            case WORSE -> "bad";
                        },
                        beside(ours, theirs));
        return tile("Error, beside that of a guess", large, "the guess is off by " + PlainText.figure(theirs));
    }

    /** No share of an error of 0 can be told. */
    private static String beside(double ours, double theirs) {
        return theirs == 0
                ? "worse"
                : Math.round(100 * Math.abs(1 - ours / theirs)) + " % " + (ours < theirs ? "less" : "more");
    }

    private Tag width(CoverageReport coverage) {
        String form = coverage.shown().toString();
        CoverageReport.Intervals shown =
                Objects.requireNonNull(coverage.intervals().get(coverage.shown()));
        Tag large = exact(
                shown.meanWidth(), PlainText.figure(shown.meanWidth()), "uncertainty", "intervals", form, "meanWidth");
        Tag inside = exact(
                shown.coverage(),
                Measure.percent(shown.coverage()).text(),
                "uncertainty",
                "intervals",
                form,
                "coverage");
        String promised = " of the labels lie inside, " + Math.round(100 * coverage.promised()) + " % promised";
        String style = metrics.verdict().stream()
                .filter(finding -> finding.topic() == Finding.Topic.INTERVALS)
                .filter(finding -> finding.judgement() != Finding.Judgement.OPEN)
                .map(finding -> finding.judgement().name().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
        return tile(
                "Width of an interval, on average",
                Tag.of("span", large, " " + metrics.unit()),
                Tag.styled("span", style, inside, promised));
    }

    private static Tag tile(String name, Tag large, Object small) {
        return Tag.styled("div", "tile", Tag.of("dt", name))
                .add(Tag.of("dd", Tag.styled("div", "large", large), Tag.of("small", small)));
    }

    /**
     * A figure of {@code metrics.json} as people read it, with the whole number and its place in the file for programs.
     *
     * @param place names and indices, which become a JSON pointer
     */
    private static Tag exact(double number, String text, Object... place) {
        String pointer = Stream.of(place)
                .map(step -> "/" + String.valueOf(step).replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
        return Tag.of("data", text).set("value", number).set("data-at", pointer);
    }
}
