package io.numclip.runner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Rows of cells under a header. Columns of figures are right-aligned. */
public record Table(List<String> header, List<List<String>> rows) {

    private static final Pattern FIGURE =
            Pattern.compile("-?\\d[\\d.]*( ± [\\d.]+| \\[-?[\\d.]+, -?[\\d.]+\\])?|undefined");

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
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (List<String> row : withHeader()) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "" : "  ").append(pad(row.get(i), widths[i], isFigures(i)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("| ").append(String.join(" | ", header)).append(" |\n|");
        IntStream.range(0, header.size()).forEach(column -> text.append(isFigures(column) ? "---:|" : "---|"));
        text.append('\n');
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return text.toString();
    }

    /** Rows that contain {@code ours} are highlighted. */
    public String html(String ours) {
        StringBuilder text = new StringBuilder("<table>\n");
        text.append(htmlRow("<tr>", "th", header));
        rows.forEach(row -> text.append(htmlRow(row.contains(ours) ? "<tr class=\"ours\">" : "<tr>", "td", row)));
        return text.append("</table>\n").toString();
    }

    private String htmlRow(String start, String tag, List<String> cells) {
        StringBuilder row = new StringBuilder(start);
        for (int i = 0; i < cells.size(); i++) {
            String open = isFigures(i) ? "<" + tag + ">" : "<" + tag + " class=\"text\">";
            row.append(open)
                    .append(Html.escape(cells.get(i)))
                    .append("</")
                    .append(tag)
                    .append(">");
        }
        return row.append("</tr>\n").toString();
    }

    private List<List<String>> withHeader() {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows);
        return all;
    }

    private boolean isFigures(int column) {
        return rows.stream()
                .map(row -> row.get(column))
                .allMatch(cell -> FIGURE.matcher(cell).matches());
    }

    private int[] widths() {
        return IntStream.range(0, header.size())
                .map(column -> withHeader().stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
    }

    private static String pad(String cell, int width, boolean right) {
        String blanks = " ".repeat(width - cell.length());
        return right ? blanks + cell : cell + blanks;
    }
}
