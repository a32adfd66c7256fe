package io.numclip.runner.report;

import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.RunMetrics;

/** Whether the trained model is better than another, judged by the mean absolute error. */
enum Against {
    /** The whole interval of the difference is on the trained model's side. */
    BETTER,
    /** The interval has 0 in it, or there is none. */
    OPEN,
    /** The whole interval is on the other's side. */
    WORSE;

    /** By the differences image by image; in a run of an earlier version, by whether the intervals overlap. */
    static Against of(RunMetrics metrics, String other) {
        PairedComparison paired = metrics.differences().get(other);
        if (paired != null) {
            return of(paired.interval());
        }
        Interval ours = metrics.comparison().trained().intervals().get(OrdinalMetric.MAE);
        Interval theirs = metrics.comparison().row(other).intervals().get(OrdinalMetric.MAE);
        return ours == null || theirs == null
                ? OPEN
                : of(new Interval(ours.low() - theirs.high(), ours.high() - theirs.low()));
    }

    private static Against of(Interval difference) {
        return difference.high() < 0 ? BETTER : difference.low() > 0 ? WORSE : OPEN;
    }

    static Against constant(RunMetrics metrics) {
        return of(metrics, Comparison.CONSTANT);
    }
}
