package io.numclip.host.result;

import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether the trained model is better than another, judged by the mean absolute error. */
public enum Against {
    /** The whole interval of the difference is on the trained model's side. */
    BETTER,
    /** The interval has 0 in it, or there is none. */
    OPEN,
    /** The whole interval is on the other's side. */
    WORSE;

    /** Judges by the differences image by image; without them, by whether the intervals of the two errors overlap. */
    public static Against of(Comparison comparison, Map<String, PairedComparison> differences, String other) {
        PairedComparison paired = differences.get(other);
        Interval difference = paired == null ? ofErrors(comparison, other) : paired.interval();
        if (difference == null) {
            return OPEN;
        }
        return difference.high() < 0 ? BETTER : difference.low() > 0 ? WORSE : OPEN;
    }

    private static @Nullable Interval ofErrors(Comparison comparison, String other) {
        Interval ours = comparison.trained().intervals().get(OrdinalMetric.MAE);
        Interval theirs = comparison.row(other).intervals().get(OrdinalMetric.MAE);
        return ours == null || theirs == null
                ? null
                : new Interval(ours.low() - theirs.high(), ours.high() - theirs.low());
    }
}
