package io.numclip.runner.chart;

import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.List;

/** A figure over epochs. */
public final class Curve {

    private Curve() {}

    /** @param best the epoch that is marked; 0: none */
    public static Tag of(String description, String title, int[] epochs, double[] figures, int best) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double figure : figures) {
            low = Math.min(low, figure);
            high = Math.max(high, figure);
        }
        Axis x = whole(epochs[0], epochs[epochs.length - 1]);
        Axis y = Axis.round(title, Math.min(low, high * 0.8), high);
        List<Tag> marks = new ArrayList<>();
        for (int i = 1; i < epochs.length; i++) {
            marks.add(Svg.line(
                    "curve", x.across(epochs[i - 1]), y.down(figures[i - 1]), x.across(epochs[i]), y.down(figures[i])));
        }
        for (int i = 0; i < epochs.length; i++) {
            Tag dot = Svg.circle(
                    epochs[i] == best ? "dot warm" : "dot",
                    x.across(epochs[i]),
                    y.down(figures[i]),
                    epochs[i] == best ? 6 : 2.5);
            marks.add(Svg.hint(dot, "epoch " + epochs[i] + ": " + Decimals.text(figures[i])));
        }
        return Frame.of(description, x, y, marks);
    }

    /** There is no half epoch. */
    private static Axis whole(int first, int last) {
        Axis axis = Axis.exact("epoch", first, last);
        List<Double> ticks =
                axis.ticks().stream().filter(tick -> tick == Math.rint(tick)).toList();
        return new Axis(axis.title(), axis.low(), axis.high(), ticks, Math.max(1, axis.step()));
    }
}
