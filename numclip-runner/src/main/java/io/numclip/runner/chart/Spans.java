package io.numclip.runner.chart;

import io.numclip.runner.page.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Figures with their intervals, one below the other on a common axis. */
public final class Spans {

    private Spans() {}

    /**
     * @param name of what the figure is
     * @param note a few words under the name; may be empty
     * @param text the figure as it is written
     * @param low end of the interval; the figure itself if there is none
     * @param other another figure to compare with; null if there is none
     * @param ours whether the row stands out
     */
    public record Row(
            String name,
            String note,
            String text,
            double figure,
            double low,
            double high,
            @Nullable Double other,
            boolean ours) {}

    /** @param reference where a line is drawn through all rows; null: nowhere */
    public static Tag of(Axis axis, @Nullable Double reference, List<Row> rows) {
        Tag chart = Tag.styled("div", "spans");
        rows.forEach(row -> chart.add(row(axis, reference, row)));
        Tag scale = Tag.styled("svg", "scale").set("aria-hidden", "true");
        axis.ticks()
                .forEach(tick -> scale.add(Svg.text("middle", axis.across(tick), "0", axis.text(tick))
                        .set("dy", "1em")));
        scale.add(Svg.text("middle name", "50%", "0", axis.title()).set("dy", "2.5em"));
        return chart.add(Tag.styled("div", "span last").add(scale));
    }

    /** Differences: the axis has 0 on it, where the line is drawn. */
    public static Tag aroundZero(String title, List<Row> rows) {
        double low = rows.stream().mapToDouble(Row::low).min().orElse(0);
        double high = rows.stream().mapToDouble(Row::high).max().orElse(0);
        return of(Axis.round(title, Math.min(0, low), Math.max(0, high)), 0.0, rows);
    }

    private static Tag row(Axis axis, @Nullable Double reference, Row row) {
        Tag name = Tag.styled("span", "what").add(row.name());
        if (!row.note().isEmpty()) {
            name.add(Tag.of("small", row.note()));
        }
        return Tag.styled("div", row.ours() ? "span ours" : "span")
                .add(
                        name,
                        bar(axis, reference, row),
                        Tag.styled("span", "number").add(row.text()));
    }

    private static Tag bar(Axis axis, @Nullable Double reference, Row row) {
        Tag bar = Svg.ornament();
        axis.ticks().forEach(tick -> bar.add(Svg.line("grid", axis.across(tick), "0", axis.across(tick), "100%")));
        if (reference != null) {
            bar.add(Svg.line("exact", axis.across(reference), "0", axis.across(reference), "100%"));
        }
        Double other = row.other();
        if (other != null) {
            bar.add(Svg.circle("other", axis.across(other), "50%", 4));
        }
        return bar.add(
                Svg.line("whisker", axis.across(row.low()), "50%", axis.across(row.high()), "50%"),
                Svg.hint(Svg.circle("dot", axis.across(row.figure()), "50%", 5), row.name() + ": " + row.text()));
    }
}
