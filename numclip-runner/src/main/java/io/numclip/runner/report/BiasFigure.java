package io.numclip.runner.report;

import io.numclip.evaluation.Interval;
import io.numclip.host.run.PartFigures;
import io.numclip.host.run.Parts;
import io.numclip.host.run.PlainText;
import io.numclip.host.run.RunMetrics;
import io.numclip.runner.chart.Axis;
import io.numclip.runner.chart.Spans;
import io.numclip.runner.page.Figure;
import io.numclip.runner.page.Tag;
import io.numclip.uncertainty.CoverageReport;
import io.numclip.uncertainty.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The direction of the errors on parts of the test images, and how many labels lie in their intervals. */
final class BiasFigure {

    private BiasFigure() {}

    /** Whether there is something to show. */
    static boolean isKnown(Parts divided) {
        return !divided.trained().isEmpty();
    }

    static Tag of(Parts divided, RunMetrics metrics) {
        List<Map.Entry<String, PartFigures>> shown = shown(divided);
        Tag charts = Tag.styled("div", "all").add(bias(divided, shown, metrics.unit()));
        metrics.coverage().ifPresent(coverage -> coverage(divided, shown, coverage, charts));
        return Figure.of(
                PartsFigure.title(divided.name()) + ": bias and coverage",
                "Bias is the mean of prediction minus label: above 0, numbers come out too high. With 95 % intervals.",
                charts,
                PartsTable.trained(divided).html());
    }

    private static List<Map.Entry<String, PartFigures>> shown(Parts divided) {
        return divided.trained().entrySet().stream()
                .filter(part -> PartsTable.largest(divided).contains(part.getKey()))
                .toList();
    }

    private static Tag bias(Parts divided, List<Map.Entry<String, PartFigures>> shown, String unit) {
        List<Spans.Row> rows = new ArrayList<>();
        shown.forEach(part -> {
            double bias = part.getValue().bias();
            Interval known = part.getValue().biasInterval();
            Interval interval = known == null ? new Interval(bias, bias) : known;
            rows.add(new Spans.Row(
                    PlainText.printable(part.getKey()),
                    images(divided, part.getKey()),
                    FigureText.withInterval(bias, known),
                    bias,
                    interval.low(),
                    interval.high(),
                    null,
                    false));
        });
        return Spans.aroundZero("bias, " + unit, rows);
    }

    private static void coverage(
            Parts divided, List<Map.Entry<String, PartFigures>> shown, CoverageReport report, Tag charts) {
        List<Spans.Row> rows = shown.stream()
                .filter(part -> part.getValue().coverage() != null)
                .map(part -> {
                    Share share = Objects.requireNonNull(part.getValue().coverage());
                    return new Spans.Row(
                            PlainText.printable(part.getKey()),
                            images(divided, part.getKey()),
                            CutTables.text(share),
                            share.share(),
                            share.low(),
                            share.high(),
                            null,
                            false);
                })
                .toList();
        if (!rows.isEmpty()) {
            charts.add(Spans.of(Axis.exact("share of the labels in their interval", 0, 1), report.promised(), rows));
        }
    }

    private static String images(Parts divided, String part) {
        return PartsFigure.images(Objects.requireNonNull(divided.parts().get(part)));
    }
}
