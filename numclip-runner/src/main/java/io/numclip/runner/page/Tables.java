package io.numclip.runner.page;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Tables of texts. */
public final class Tables {

    private Tables() {}

    /**
     * @param figures which columns are numbers
     * @param ours rows that stand out
     */
    public static Tag of(
            List<String> header, List<List<String>> rows, IntPredicate figures, Predicate<List<String>> ours) {
        Tag table = Tag.of("table");
        table.add(Tag.of("thead").add(row(header, figures, true)));
        Tag body = Tag.of("tbody");
        rows.forEach(cells -> {
            Tag row = row(cells, figures, false);
            body.add(ours.test(cells) ? row.set("class", "ours") : row);
        });
        return table.add(body);
    }

    private static Tag row(List<String> cells, IntPredicate figures, boolean header) {
        Tag row = Tag.of("tr");
        for (int i = 0; i < cells.size(); i++) {
            boolean heading = header ? !cells.get(i).isEmpty() : i == 0;
            Tag cell = Tag.of(heading ? "th" : "td", cells.get(i));
            if (heading) {
                cell.set("scope", header ? "col" : "row");
            }
            row.add(figures.test(i) ? cell : cell.set("class", "text"));
        }
        return row;
    }
}
