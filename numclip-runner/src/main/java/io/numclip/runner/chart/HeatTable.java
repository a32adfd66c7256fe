package io.numclip.runner.chart;

import io.numclip.runner.page.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** A table of numbers, each on a ground that is stronger the larger it is. */
public final class HeatTable {

    private HeatTable() {}

    /**
     * @param corner what rows and columns are
     * @param shades (R, C) from 0 to 1
     * @param texts (R, C)
     */
    public static Tag of(
            String corner, List<String> rows, List<String> columns, double[][] shades, List<List<String>> texts) {
        Tag header = Tag.of("tr").add(Tag.of("th", corner).set("scope", "col"));
        columns.forEach(column -> header.add(Tag.of("th").set("scope", "col").add(Tag.of("span", column))));
        Tag body = Tag.of("tbody");
        for (int i = 0; i < rows.size(); i++) {
            Tag row = Tag.of("tr").add(Tag.of("th", rows.get(i)).set("scope", "row"));
            for (int j = 0; j < columns.size(); j++) {
                row.add(Tag.of("td", texts.get(i).get(j))
                        .set("style", String.format(Locale.ROOT, "--shade:%.3f", shades[i][j]))
                        .set(
                                "title",
                                rows.get(i) + ", " + columns.get(j) + ": "
                                        + texts.get(i).get(j)));
            }
            body.add(row);
        }
        return Tag.styled("table", "heat").add(Tag.of("thead").add(header), body);
    }

    /** Between the smallest and the largest number. */
    public static double[][] shades(double[][] numbers) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] row : numbers) {
            for (double number : row) {
                low = Math.min(low, number);
                high = Math.max(high, number);
            }
        }
        double[][] shades = new double[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            shades[i] = new double[numbers[i].length];
            for (int j = 0; j < shades[i].length; j++) {
                shades[i][j] = high > low ? (numbers[i][j] - low) / (high - low) : 0;
            }
        }
        return shades;
    }

    public static List<List<String>> texts(double[][] numbers, DoubleFunction<String> format) {
        return Arrays.stream(numbers)
                .map(row -> Arrays.stream(row).mapToObj(format).toList())
                .toList();
    }
}
