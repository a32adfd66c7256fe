package io.numclip.runner.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sets a table in a fixed pitch, within {@link TextLines#WIDTH} columns. */
final class TextTable {

    private static final String GAP = "  ";
    private static final int NAME = 32; // what the first column keeps
    private static final int FEWEST = 12; // what a column of words keeps, if it has as much

    private final Table table;
    private final List<List<String>> rows;
    private final int[] widths;

    private TextTable(Table table) {
        this.table = table;
        this.rows = new ArrayList<>(table.rows());
        if (table.header().stream().anyMatch(cell -> !cell.isEmpty())) {
            rows.add(0, table.header());
        }
        this.widths = columns().map(column -> widest(column, String::length)).toArray();
    }

    static String of(Table table) {
        TextTable text = new TextTable(table);
        text.narrow();
        StringBuilder all = new StringBuilder();
        for (List<Integer> block : text.blocks()) {
            all.append(all.isEmpty() ? "" : "\n");
            text.rows.forEach(row -> text.append(row, block, all));
        }
        return all.toString();
    }

    private IntStream columns() {
        return IntStream.range(0, table.header().size());
    }

    private int widest(int column, ToIntFunction<String> length) {
        return rows.stream()
                .mapToInt(row -> length.applyAsInt(row.get(column)))
                .max()
                .orElse(0);
    }

    /** Takes from the widest column until the table fits, or until no column can give any more. */
    private void narrow() {
        int[] fewest = columns().map(this::fewest).toArray();
        while (total(columns().boxed().toList()) > TextLines.WIDTH) {
            int widest = columns()
                    .filter(column -> widths[column] > fewest[column])
                    .boxed()
                    .max((left, right) -> Integer.compare(widths[left], widths[right]))
                    .orElse(-1);
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    /** Figures stay whole, and so do words that are not very long. */
    private int fewest(int column) {
        if (column == 0) {
            return Math.min(widths[0], NAME);
        }
        int figures = widest(column, cell -> Table.isFigure(cell) ? cell.length() : 0);
        int words = Math.min(2 * FEWEST, widest(column, TextTable::longestWord));
        int most = widths[column];
        return table.isFigures(column)
                ? Math.max(figures, words)
                : Math.min(most, Math.max(figures, Math.max(words, FEWEST)));
    }

    private static int longestWord(String text) {
        return Stream.of(text.split(" ")).mapToInt(String::length).max().orElse(0);
    }

    private int total(List<Integer> columns) {
        return columns.stream()
                        .mapToInt(column -> widths[column] + GAP.length())
                        .sum()
                - GAP.length();
    }

    /** The columns that stand beside each other, each time after the first. */
    private List<List<Integer>> blocks() {
        List<List<Integer>> blocks = new ArrayList<>();
        List<Integer> block = new ArrayList<>();
        for (int column : columns().toArray()) {
            block.add(column);
            if (total(block) > TextLines.WIDTH && block.size() > 2) {
                blocks.add(List.copyOf(block.subList(0, block.size() - 1)));
                block = new ArrayList<>(List.of(0, column));
            }
        }
        blocks.add(block);
        return blocks;
    }

    private void append(List<String> row, List<Integer> block, StringBuilder text) {
        List<List<String>> cells = block.stream()
                .map(column -> TextLines.of(row.get(column), widths[column]))
                .toList();
        int lines = cells.stream().mapToInt(List::size).max().orElse(1);
        for (int line = 0; line < lines; line++) {
            String[] parts = new String[block.size()];
            for (int i = 0; i < parts.length; i++) {
                List<String> cell = cells.get(i);
                String part = line < cell.size() ? cell.get(line) : "";
                parts[i] = pad(part, widths[block.get(i)], table.isFigures(block.get(i)));
            }
            text.append(String.join(GAP, Arrays.asList(parts)).stripTrailing()).append('\n');
        }
    }

    private static String pad(String cell, int width, boolean right) {
        String blanks = " ".repeat(Math.max(0, width - cell.length()));
        return right ? blanks + cell : cell + blanks;
    }
}
