package io.numclip.runner.report;

import io.numclip.runner.page.Tables;
import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Rows of cells under a header, which is left out of the text where it is empty. Columns of figures are right-aligned. As
 * text a table is at most {@link TextLines#WIDTH} columns wide: cells of words take several lines, and figures that do not fit
 * beside each other follow below, again with the first column. Only a single word that is too long, such as a path, sticks out.
 */
public record Table(List<String> header, List<List<String>> rows) {

    private static final Pattern FIGURE =
            Pattern.compile("[-+−]?\\d[\\d.,]*( %)?( ± [\\d.]+| \\[[-+]?[\\d.]+, [-+]?[\\d.]+\\])?|undefined");

    public Table {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException(
                        "a row needs " + header.size() + " cells; found " + row.size() + " in " + row);
            }
        }
    }

    /** Aligned columns; ends with a line break. */
    public String text() {
        return TextTable.of(this);
    }

    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("| ").append(String.join(" | ", header)).append(" |\n|");
        IntStream.range(0, header.size()).forEach(column -> text.append(isFigures(column) ? "---:|" : "---|"));
        text.append('\n');
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return text.toString();
    }

    /** Rows that contain {@code ours} stand out. */
    public Tag html(String ours) {
        return Tables.of(header, rows, this::isFigures, row -> row.contains(ours));
    }

    /** Where no row stands out. */
    public Tag html() {
        return Tables.of(header, rows, this::isFigures, row -> false);
    }

    List<List<String>> withHeader() {
        List<List<String>> all = new ArrayList<>();
        if (header.stream().anyMatch(cell -> !cell.isEmpty())) {
            all.add(header);
        }
        all.addAll(rows);
        return all;
    }

    boolean isFigures(int column) {
        return rows.stream().map(row -> row.get(column)).allMatch(Table::isFigure);
    }

    static boolean isFigure(String cell) {
        return FIGURE.matcher(cell).matches();
    }
}
