package io.numclip.runner.compare;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.message.PlainText;
import io.numclip.runner.page.Page;
import io.numclip.runner.page.Tag;
import io.numclip.runner.report.Figure;
import io.numclip.runner.report.Measure;
import io.numclip.runner.report.RowChart;
import io.numclip.runner.report.RunsFigures;
import io.numclip.runner.report.Table;
import java.util.ArrayList;
import java.util.List;

/** The page of a comparison: charts for each of its tables. */
final class ComparePage {

    private static final List<String> FILES = List.of("compare.csv", "differences.csv", "compare.md", "compare.txt");

    private ComparePage() {}

    /**
     * @param failures of cells, each in one line
     * @param notes what the figures are
     */
    static String html(List<MethodsTable> tables, List<String> failures, String notes, String command, String machine) {
        Page page = new Page(heading(tables), "comparison of methods");
        tables.forEach(table -> page.lead(Tag.styled("p", "lead", sentence(table))));
        failures.forEach(failure -> page.lead(Tag.styled("p", "warning", failure)));
        tables.forEach(table -> page.section(
                table.heading(),
                errors(table),
                differences(table),
                table.warnings().stream()
                        .map(warning -> Tag.styled("p", "warning", warning))
                        .toList()));
        return page.section(
                        "About this comparison",
                        Tag.of("p", machine),
                        Tag.of("h3", "To make it again"),
                        Tag.of("pre", command),
                        Tag.styled("p", "quiet", notes),
                        Tag.links("Beside this page: ", FILES, ""))
                .html();
    }

    private static String heading(List<MethodsTable> tables) {
        long methods = tables.stream()
                .flatMap(table -> table.rows().stream())
                .map(MethodRow::title)
                .distinct()
                .count();
        return tables.isEmpty()
                ? "Nothing to compare: no training has finished"
                : PlainText.counted(methods, "method") + " on the same images";
    }

    /** Who is better than the reference, who is worse, and of whom that is not known. */
    private static String sentence(MethodsTable table) {
        List<String> better = new ArrayList<>();
        List<String> open = new ArrayList<>();
        List<String> worse = new ArrayList<>();
        table.differences()
                .forEach(each ->
                        (!each.isSure() ? open : each.paired().difference() < 0 ? better : worse).add(each.name()));
        return table.compared() + ": " + table.reference().title() + " is off by "
                + Measure.over(table.reference().figures(OrdinalMetric.MAE)) + " " + unit(table) + " on average."
                + list(" Better", better) + list(" Worse", worse) + list(" Not known to be better or worse", open);
    }

    private static String list(String what, List<String> titles) {
        return titles.isEmpty() ? "" : what + ": " + String.join("; ", titles) + ".";
    }

    private static String unit(MethodsTable table) {
        return table.rows().get(0).any().unit();
    }

    private static Tag errors(MethodsTable table) {
        double guess = Measure.mean(table.rows().get(0).constants(OrdinalMetric.MAE));
        Table text = table.text();
        return new Figure(
                        "Error of each method",
                        "Mean over seeds and folds; the bar is the standard deviation to both sides. The broken line is"
                                + " the best constant, off by " + Measure.of(guess) + ".",
                        text,
                        List.of(table.reference().title()))
                .rows(
                        "mean absolute error, " + unit(table),
                        new RowChart(text, "MAE").note("runs").reference(guess))
                .html();
    }

    private static List<Tag> differences(MethodsTable table) {
        String reference = table.reference().title();
        return table.differences().isEmpty()
                ? List.of()
                : List.of(RunsFigures.differences(
                        reference,
                        "method",
                        unit(table),
                        "Error minus that of " + reference
                                + " on the same images and seeds, with its 95 % interval. In colour: p below 0.05 after"
                                + " Holm's correction for the number of tests.",
                        table.differences()));
    }
}
