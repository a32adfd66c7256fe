package io.numclip.runner.report;

import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Two axes with marks between them, which are drawn from the columns of tables. Places are in percent, so that the browser
 * scales them without their lines and letters; a pointer that rests on a mark is told the row.
 */
final class Chart {

    private static final String WHOLE = "100%";

    private final Axis x;
    private final Axis y;
    private final List<Tag> marks = new ArrayList<>();

    Chart(Axis x, Axis y) {
        this.x = x;
        this.y = y;
    }

    /** Draws a bar for each row, from one number to the other, as high as a third. */
    Chart bars(Table table, String from, String to, String height) {
        double[] lows = table.numbers(from);
        double[] highs = table.numbers(to);
        double[] heights = table.numbers(height);
        for (int row = 0; row < heights.length; row++) {
            mark(
                    table,
                    row,
                    Tag.styled("rect", "bar")
                            .set("x", x.across(lows[row]))
                            .set("y", y.down(heights[row]))
                            .set("width", x.length(lows[row], highs[row]))
                            .set("height", y.length(0, heights[row])));
        }
        return this;
    }

    /** Draws a dot for each row. */
    Chart dots(String style, Table table, String across, String up, IntToDoubleFunction radius) {
        double[] xs = table.numbers(across);
        double[] ys = table.numbers(up);
        for (int row = 0; row < xs.length; row++) {
            mark(table, row, dot(style, x.across(xs[row]), y.down(ys[row]), radius.applyAsDouble(row)));
        }
        return this;
    }

    /** Draws a line from row to row. */
    Chart line(String style, Table table, String across, String up) {
        double[] xs = table.numbers(across);
        double[] ys = table.numbers(up);
        for (int row = 1; row < xs.length; row++) {
            mark(
                    table,
                    row,
                    line(style, x.across(xs[row - 1]), y.down(ys[row - 1]), x.across(xs[row]), y.down(ys[row])));
        }
        return this;
    }

    /** A broken line from the bottom to the top. */
    Chart rule(double across) {
        marks.add(line("exact", x.across(across), "0", x.across(across), WHOLE));
        return this;
    }

    /** A broken line where both numbers are equal; both axes have the same ends. */
    Chart diagonal() {
        marks.add(line("exact", "0", WHOLE, WHOLE, "0"));
        return this;
    }

    private void mark(Table table, int row, Tag shape) {
        marks.add(shape.add(Tag.of("title", table.inWords(row))));
    }

    /** @param description of the whole chart, for those who hear the page */
    Tag draw(String description) {
        Tag picture = Tag.of("svg").set("role", "img").set("aria-label", description);
        for (double tick : y.ticks()) {
            picture.add(
                    line(tick == 0 ? "zero" : "grid", "0", y.down(tick), WHOLE, y.down(tick)),
                    text("left", "0", y.down(tick), y.text(tick))
                            .set("dx", "-0.6em")
                            .set("dy", "0.32em"));
        }
        for (double tick : x.ticks()) {
            picture.add(
                    line("grid", x.across(tick), "0", x.across(tick), WHOLE),
                    text("middle", x.across(tick), WHOLE, x.text(tick)).set("dy", "1.5em"));
        }
        picture.add(
                text("middle name", "50%", WHOLE, x.title()).set("dy", "3em"),
                text("name", "0", "0", y.title()).set("dx", "-2.6em").set("dy", "-0.9em"));
        return Tag.styled("div", "frame", picture.add(marks));
    }

    static Tag line(String style, String x1, String y1, String x2, String y2) {
        return Tag.styled("line", style)
                .set("x1", x1)
                .set("y1", y1)
                .set("x2", x2)
                .set("y2", y2);
    }

    static Tag dot(String style, String x, String y, double radius) {
        return Tag.styled("circle", style).set("cx", x).set("cy", y).set("r", radius);
    }

    static Tag text(String style, String x, String y, String text) {
        return Tag.styled("text", style, text).set("x", x).set("y", y);
    }
}
