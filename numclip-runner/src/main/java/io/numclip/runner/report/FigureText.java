package io.numclip.runner.report;

import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.PlainText;
import org.jspecify.annotations.Nullable;

/** Figures as people read them: {@code 2.94 [2.81, 3.07]}. */
public final class FigureText {

    private FigureText() {}

    public static String of(double figure) {
        return PlainText.measured(figure);
    }

    /** Without its interval. */
    public static String of(Comparison.Row row, OrdinalMetric metric) {
        Double figure = row.figures().get(metric);
        return figure == null ? "undefined" : of(figure);
    }

    public static String withInterval(Comparison.Row row, OrdinalMetric metric) {
        Double figure = row.figures().get(metric);
        return figure == null
                ? "undefined"
                : withInterval(figure, row.intervals().get(metric));
    }

    /** Two decimals above 1, below as many as the largest of the three needs; the interval likewise. */
    public static String withInterval(double figure, @Nullable Interval interval) {
        int decimals = Math.abs(figure) > 1 ? 2 : PlainText.decimals(largest(figure, interval));
        String alone = PlainText.rounded(figure, decimals);
        return interval == null
                ? alone
                : alone + " [" + PlainText.rounded(interval.low(), decimals) + ", "
                        + PlainText.rounded(interval.high(), decimals) + "]";
    }

    private static double largest(double figure, @Nullable Interval interval) {
        double ends = interval == null ? 0 : Math.max(Math.abs(interval.low()), Math.abs(interval.high()));
        return Math.max(Math.abs(figure), ends);
    }
}
