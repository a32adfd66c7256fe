package io.numclip.runner.report;

import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The figures of one column of a table with their intervals, one below the other on a common axis, which has 0 on it. */
public final class RowChart {

    private final Table table;
    private final String column;
    private @Nullable Axis axis;
    private @Nullable String note;
    private @Nullable String other;
    private double reference = Double.NaN;

    public RowChart(Table table, String column) {
        this.table = table;
        this.column = column;
    }

    /** A column whose text stands under the names. */
    public RowChart note(String of) {
        note = of;
        return this;
    }

    /** A column of figures to compare with. */
    public RowChart beside(String of) {
        other = of;
        return this;
    }

    /** Draws a broken line through all rows. */
    public RowChart reference(double at) {
        reference = at;
        return this;
    }

    /** Makes the axis go from 0 to 1. */
    public RowChart shares() {
        axis = Axis.exact("", 0, 1);
        return this;
    }

    /**
     * @param title what the figures are
     * @param ours names of rows that stand out; empty: all are alike
     */
    Tag draw(String title, Collection<String> ours) {
        List<Measure> figures = table.column(column);
        List<Measure> others = other == null ? List.of() : table.column(other);
        Axis scale = axis == null ? around(figures, others) : axis;
        Tag chart = Tag.styled("div", ours.isEmpty() ? "spans all" : "spans");
        for (int i = 0; i < figures.size(); i++) {
            if (figures.get(i).isKnown()) {
                chart.add(row(i, figures.get(i), others.isEmpty() ? null : others.get(i), scale, ours));
            }
        }
        Tag ticks = Tag.styled("svg", "scale").set("aria-hidden", "true");
        for (double tick : scale.ticks()) {
            ticks.add(Chart.text("middle", scale.across(tick), "0", scale.text(tick))
                    .set("dy", "1em"));
        }
        ticks.add(Chart.text("middle name", "50%", "0", title).set("dy", "2.5em"));
        return chart.add(Tag.styled("div", "span last", ticks));
    }

    private Axis around(List<Measure> figures, List<Measure> others) {
        double[] all = Stream.of(figures, others)
                .flatMap(List::stream)
                .flatMapToDouble(each -> DoubleStream.of(each.low(), each.high()))
                .filter(Double::isFinite)
                .toArray();
        double line = Double.isNaN(reference) ? 0 : reference;
        return Axis.round(
                "",
                DoubleStream.of(all).reduce(Math.min(0, line), Math::min),
                DoubleStream.of(all).reduce(Math.max(0, line), Math::max));
    }

    private Tag row(int row, Measure figure, @Nullable Measure beside, Axis scale, Collection<String> ours) {
        List<String> cells = table.rows().get(row);
        Tag name = Tag.styled("span", "what", cells.get(0));
        String below = note == null ? "" : cells.get(table.header().lastIndexOf(note));
        if (!below.isEmpty()) {
            name.add(Tag.of("small", note + " " + below));
        }
        return Tag.styled(
                "div",
                ours.contains(cells.get(0)) ? "span ours" : "span",
                name,
                Tag.of("svg", marks(figure, beside, scale, cells.get(0))).set("aria-hidden", "true"),
                Tag.styled("span", "number", figure));
    }

    private List<Tag> marks(Measure figure, @Nullable Measure beside, Axis scale, String name) {
        List<Tag> marks = new ArrayList<>();
        scale.ticks().forEach(tick -> marks.add(upright("grid", scale, tick)));
        if (!Double.isNaN(reference)) {
            marks.add(upright("exact", scale, reference));
        }
        if (beside != null && beside.isKnown()) {
            marks.add(Chart.dot("other", scale.across(beside.figure()), "50%", 4));
        }
        marks.add(Chart.line("whisker", scale.across(figure.low()), "50%", scale.across(figure.high()), "50%"));
        marks.add(Chart.dot("dot", scale.across(figure.figure()), "50%", 5).add(Tag.of("title", name + ": " + figure)));
        return marks;
    }

    private static Tag upright(String style, Axis scale, double at) {
        return Chart.line(style, scale.across(at), "0", scale.across(at), "100%");
    }
}
