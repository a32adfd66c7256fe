package io.numclip.runner.report;

import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of cells under a header, which is left out of the text where it is empty. Cells are texts and figures; charts are drawn
 * from them. Columns of figures are right-aligned. As text a table is at most {@link TextLines#WIDTH} columns wide: cells of
 * words take several lines, and figures that do not fit beside each other follow below, again with the first column. Only a
 * single word that is too long, such as a path, sticks out.
 */
public final class Table {

    private static final Pattern FIGURE =
            Pattern.compile("[-+−]?\\d[\\d.,]*( %)?( ± [\\d.]+| \\[[-+]?[\\d.]+, [-+]?[\\d.]+\\])?|undefined");

    private final List<String> header;
    private final List<List<Object>> cells = new ArrayList<>();

    public Table(String... header) {
        this.header = List.of(header);
    }

    public Table(List<String> header, List<? extends List<?>> rows) {
        this.header = List.copyOf(header);
        rows.forEach(row -> row(row.toArray()));
    }

    /** @param row texts, or what writes itself as a text, such as a {@link Measure} */
    public Table row(Object... row) {
        if (row.length != header.size()) {
            throw new IllegalArgumentException(
                    "a row needs " + header.size() + " cells; found " + row.length + " in " + List.of(row));
        }
        cells.add(List.of(row));
        return this;
    }

    /** The same rows, the smallest figures of a column first. */
    Table sorted(String column) {
        int place = header.lastIndexOf(column);
        return new Table(
                header,
                cells.stream()
                        .sorted(Comparator.comparingDouble(
                                row -> measure(row.get(place)).figure()))
                        .toList());
    }

    public List<String> header() {
        return header;
    }

    public List<List<String>> rows() {
        return cells.stream()
                .map(row -> row.stream().map(String::valueOf).toList())
                .toList();
    }

    /** The figures of a column; those that are undefined or no figures are NaN. */
    List<Measure> column(String name) {
        return cells.stream()
                .map(row -> measure(row.get(header.lastIndexOf(name))))
                .toList();
    }

    double[] numbers(String name) {
        return column(name).stream().mapToDouble(Measure::figure).toArray();
    }

    /** A row in words, each cell after its title. */
    String inWords(int row) {
        return IntStream.range(0, header.size())
                .mapToObj(i -> header.get(i) + " " + cells.get(row).get(i))
                .collect(Collectors.joining(", "));
    }

    private static Measure measure(Object cell) {
        return cell instanceof Measure measure
                ? measure
                : Measure.of(cell instanceof Number number ? number.doubleValue() : Double.NaN, String.valueOf(cell));
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
        rows().forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return text.toString();
    }

    /** Rows that contain one of {@code ours} stand out. */
    public Tag html(Collection<String> ours) {
        Tag body = Tag.of("tbody");
        for (List<String> texts : rows()) {
            Tag row = html(texts, false);
            body.add(texts.stream().anyMatch(ours::contains) ? row.set("class", "ours") : row);
        }
        return Tag.of("table", Tag.of("thead", html(header, true)), body);
    }

    private Tag html(List<String> texts, boolean first) {
        Tag row = Tag.of("tr");
        for (int i = 0; i < texts.size(); i++) {
            boolean heading = first ? !texts.get(i).isEmpty() : i == 0;
            Tag cell = Tag.of(heading ? "th" : "td", texts.get(i));
            if (heading) {
                cell.set("scope", first ? "col" : "row");
            }
            row.add(isFigures(i) ? cell : cell.set("class", "text"));
        }
        return row;
    }

    boolean isFigures(int column) {
        return cells.stream().allMatch(row -> isFigure(String.valueOf(row.get(column))));
    }

    static boolean isFigure(String cell) {
        return FIGURE.matcher(cell).matches();
    }
}
