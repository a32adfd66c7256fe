package io.numclip.runner.compare;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.runner.chart.Axis;
import io.numclip.runner.chart.Spans;
import io.numclip.runner.page.Figure;
import io.numclip.runner.page.Tag;
import io.numclip.runner.report.FigureText;
import io.numclip.runner.report.RunTable;
import io.numclip.runner.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One table of a comparison as charts: the errors of the methods, and how they differ image by image. */
final class MethodsFigures {

    private static final double LEVEL = 0.05;

    private final MethodsTable table;
    private final String unit;
    private final String reference;

    MethodsFigures(MethodsTable table) {
        this.table = table;
        this.unit = table.rows().get(0).any().unit();
        this.reference = table.reference().title();
    }

    /** Who is better than the reference, who is worse, and of whom that is not known. */
    String sentence() {
        List<String> better = new ArrayList<>();
        List<String> open = new ArrayList<>();
        List<String> worse = new ArrayList<>();
        table.differences().all().forEach((row, difference) -> {
            boolean sure = difference.pHolm() < LEVEL;
            (!sure ? open : difference.paired().difference() < 0 ? better : worse).add(row.title());
        });
        return table.compared() + ": " + reference + " is off by "
                + RunTable.cell(table.reference().figures(OrdinalMetric.MAE))
                + " " + unit + " on average." + list(" Better", better) + list(" Worse", worse)
                + list(" Not known to be better or worse", open);
    }

    private static String list(String what, List<String> titles) {
        return titles.isEmpty() ? "" : what + ": " + String.join("; ", titles) + ".";
    }

    List<Tag> figures() {
        List<Tag> figures = new ArrayList<>();
        figures.add(errors());
        if (!table.differences().all().isEmpty()) {
            figures.add(differences());
        }
        return figures;
    }

    private Tag errors() {
        List<Spans.Row> rows = new ArrayList<>();
        for (MethodRow row : table.rows()) {
            List<Double> figures = row.figures(OrdinalMetric.MAE);
            double deviation = RunTable.deviation(figures).orElse(0);
            rows.add(new Spans.Row(
                    row.title(),
                    row.cells().size() == 1 ? "" : row.cells().size() + " runs",
                    RunTable.cell(figures),
                    row.mae(),
                    row.mae() - deviation,
                    row.mae() + deviation,
                    null,
                    row.equals(table.reference())));
        }
        double guess = RunTable.mean(table.rows().get(0).constants(OrdinalMetric.MAE));
        double most =
                Math.max(guess, rows.stream().mapToDouble(Spans.Row::high).max().orElse(guess));
        return Figure.of(
                "Error of each method",
                "Mean over seeds and folds; the bar is the standard deviation to both sides. The broken line is the"
                        + " best constant, off by " + FigureText.of(guess) + ".",
                Spans.of(Axis.round("mean absolute error, " + unit, 0, most), guess, rows),
                table.text().html(reference));
    }

    private Tag differences() {
        List<Spans.Row> rows = new ArrayList<>();
        List<List<String>> cells = new ArrayList<>();
        for (Map.Entry<MethodRow, Differences.Difference> each :
                table.differences().all().entrySet()) {
            PairedComparison paired = each.getValue().paired();
            String text = FigureText.withInterval(paired.difference(), paired.interval());
            String p = String.format(Locale.ROOT, "%.4f", each.getValue().pHolm());
            rows.add(new Spans.Row(
                    each.getKey().title(),
                    "p " + p,
                    text,
                    paired.difference(),
                    paired.interval().low(),
                    paired.interval().high(),
                    null,
                    each.getValue().pHolm() < LEVEL));
            cells.add(List.of(each.getKey().title(), text, p, String.valueOf(paired.clusters())));
        }
        double low = rows.stream().mapToDouble(Spans.Row::low).min().orElse(0);
        double high = rows.stream().mapToDouble(Spans.Row::high).max().orElse(0);
        Axis axis = Axis.round("difference, " + unit + " (left is better)", Math.min(0, low), Math.max(0, high));
        return Figure.of(
                "Difference to " + reference,
                "Error minus that of " + reference
                        + " on the same images and seeds, with its 95 % interval. In colour: p below " + LEVEL
                        + " after Holm's correction for the number of tests.",
                Spans.of(axis, 0.0, rows),
                new Table(List.of("method", "difference", "p (Holm)", "clusters"), cells).html());
    }
}
