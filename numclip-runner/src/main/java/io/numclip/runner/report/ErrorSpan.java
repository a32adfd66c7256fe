package io.numclip.runner.report;

import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.run.Comparison;
import io.numclip.runner.chart.Spans;
import org.jspecify.annotations.Nullable;

/** The mean absolute error of a model with its interval, as a row of a chart. */
public final class ErrorSpan {

    private ErrorSpan() {}

    /**
     * @param note a few words under the name; may be empty
     * @param other an error to compare with; null if there is none
     * @param ours whether the row stands out
     */
    public static Spans.Row of(String name, String note, Comparison.Row row, @Nullable Double other, boolean ours) {
        Interval interval = row.maeInterval();
        String text = FigureText.withInterval(row, OrdinalMetric.MAE);
        return new Spans.Row(name, note, text, row.mae(), interval.low(), interval.high(), other, ours);
    }
}
