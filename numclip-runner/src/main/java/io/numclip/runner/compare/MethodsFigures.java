package io.numclip.runner.compare;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.runner.chart.Axis;
import io.numclip.runner.chart.Spans;
import io.numclip.runner.page.Figure;
import io.numclip.runner.page.Tag;
import io.numclip.runner.report.DifferencesFigure;
import io.numclip.runner.report.DifferencesFigure.Difference;
import io.numclip.runner.report.FigureText;
import io.numclip.runner.report.RunTable;
import java.util.ArrayList;
import java.util.List;

/** One table of a comparison as charts: the errors of the methods, and how they differ image by image. */
final class MethodsFigures {

    private final MethodsTable table;
    private final String unit;
    private final String reference;
    private final List<Difference> differences = new ArrayList<>();

    MethodsFigures(MethodsTable table) {
        this.table = table;
        this.unit = table.rows().get(0).any().unit();
        this.reference = table.reference().title();
        table.differences().all().forEach((row, difference) -> {
            PairedComparison paired = difference.paired();
            differences.add(new Difference(
                    row.title(), paired.difference(), paired.interval(), difference.pHolm(), paired.clusters()));
        });
    }

    /** Who is better than the reference, who is worse, and of whom that is not known. */
    String sentence() {
        List<String> better = new ArrayList<>();
        List<String> open = new ArrayList<>();
        List<String> worse = new ArrayList<>();
        differences.forEach(each -> (!each.isSure() ? open : each.difference() < 0 ? better : worse).add(each.name()));
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
        if (!differences.isEmpty()) {
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
        return DifferencesFigure.of(
                reference,
                "method",
                unit,
                "Error minus that of " + reference
                        + " on the same images and seeds, with its 95 % interval. In colour: p below 0.05 after Holm's"
                        + " correction for the number of tests.",
                differences);
    }
}
