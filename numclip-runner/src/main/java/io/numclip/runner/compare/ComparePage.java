package io.numclip.runner.compare;

import io.numclip.host.run.PlainText;
import io.numclip.runner.page.Links;
import io.numclip.runner.page.Markup;
import io.numclip.runner.page.Page;
import io.numclip.runner.page.Tag;
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
        List<Markup> head = new ArrayList<>();
        tables.forEach(table -> head.add(Tag.styled("p", "lead").add(new MethodsFigures(table).sentence())));
        failures.forEach(failure -> head.add(Tag.styled("p", "warning").add(failure)));
        Page page = new Page(heading(tables), "comparison of methods").lead(head.toArray(Markup[]::new));
        tables.forEach(table -> page.section(table.heading(), section(table)));
        return page.section("About this comparison", about(notes, command, machine))
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

    private static List<Markup> section(MethodsTable table) {
        List<Markup> section = new ArrayList<>(new MethodsFigures(table).figures());
        table.warnings()
                .forEach(warning -> section.add(Tag.styled("p", "warning").add(PlainText.printable(warning))));
        return section;
    }

    private static List<Markup> about(String notes, String command, String machine) {
        return List.of(
                Tag.of("p", machine),
                Tag.of("h3", "To make it again"),
                Tag.of("pre", command),
                Tag.styled("p", "quiet").add(notes),
                Links.of("Beside this page: ", FILES, ""));
    }
}
