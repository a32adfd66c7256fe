package io.numclip.runner.report;

import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Numbers as a table, with a title, a sentence on what can be seen, and charts that are drawn from the table. */
public final class Figure {

    private final String title;
    private final String about;
    private final Table table;
    private final Collection<String> ours;
    private final List<Tag> keys = new ArrayList<>();
    private final List<Tag> charts = new ArrayList<>();

    /**
     * @param about what can be seen; may be empty
     * @param ours texts of cells by which a row stands out
     */
    public Figure(String title, String about, Table table, Collection<String> ours) {
        this.title = title;
        this.about = about;
        this.table = table;
        this.ours = ours;
    }

    /** @param mark a style, and what it means */
    public Figure key(String mark, String meaning) {
        keys.add(entry(mark, meaning));
        return this;
    }

    static Tag entry(String mark, String meaning) {
        return Tag.of("li", Tag.styled("i", mark).set("aria-hidden", "true"), meaning);
    }

    /** @param axis what the figures of the chart are */
    public Figure rows(String axis, RowChart chart) {
        return chart(chart.draw(axis, ours));
    }

    Figure chart(Tag chart) {
        charts.add(chart);
        return this;
    }

    /** The charts, with the numbers folded away. */
    public Tag html() {
        return html(keys(keys), charts, Tag.folded("The numbers of this chart", Tag.scrolled(title, table.html(ours))));
    }

    private Tag html(Object... content) {
        return Tag.of("figure", Tag.of("figcaption", Tag.of("h3", title), about.isEmpty() ? "" : Tag.of("p", about)))
                .add(content);
    }

    /** What the marks of a chart mean; nothing for no marks. */
    static List<Tag> keys(List<Tag> keys) {
        return keys.isEmpty() ? List.of() : List.of(Tag.styled("ul", "key", keys));
    }

    /** The table as its own chart: each number on a ground that is stronger the larger it is. */
    Tag heat() {
        List<double[]> columns =
                table.header().stream().skip(1).map(table::numbers).toList();
        double low = columns.stream().flatMapToDouble(Arrays::stream).min().orElse(0);
        double high = columns.stream().flatMapToDouble(Arrays::stream).max().orElse(0);
        Tag header = Tag.of("tr");
        table.header()
                .forEach(name -> header.add(Tag.of("th", Tag.of("span", name)).set("scope", "col")));
        Tag body = Tag.of("tbody");
        for (int row = 0; row < table.rows().size(); row++) {
            List<String> texts = table.rows().get(row);
            Tag line = Tag.of("tr", Tag.of("th", texts.get(0)).set("scope", "row"));
            for (int i = 0; i < columns.size(); i++) {
                double shade = high > low ? (columns.get(i)[row] - low) / (high - low) : 0;
                line.add(Tag.of("td", texts.get(i + 1))
                        .set("style", String.format(Locale.ROOT, "--shade:%.3f", shade))
                        .set("title", texts.get(0) + ", " + table.header().get(i + 1) + ": " + texts.get(i + 1)));
            }
            body.add(line);
        }
        return html(Tag.scrolled(title, Tag.styled("table", "heat", Tag.of("thead", header), body)));
    }
}
