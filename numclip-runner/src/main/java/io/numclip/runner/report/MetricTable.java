package io.numclip.runner.report;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Comparison;
import io.numclip.uncertainty.ExactNumber;

/** Every metric of the trained model and of the best constant prediction with its interval, and that constant. */
public final class MetricTable {

    private MetricTable() {}

    public static Table of(Comparison comparison) {
        Comparison.Row trained = comparison.trained();
        Table table = new Table("metric", trained.model(), Comparison.CONSTANT, "constant prediction");
        for (OrdinalMetric metric : OrdinalMetric.values()) {
            table.row(
                    metric.title(),
                    Measure.of(trained, metric),
                    Measure.of(comparison.row(Comparison.CONSTANT), metric),
                    comparison.constants().getOrDefault(metric, ""));
        }
        return table;
    }

    /** How well the order of the concepts shows in the text features. */
    public static String ordinality(double ordinality) {
        return "Ordinality of the prototypes: " + Measure.of(ordinality)
                + ", the share of pairs of later concepts in which the nearer one is more similar.";
    }

    /** What the rows mean, in three lines. */
    public static String note(Comparison comparison, String unit) {
        return "In brackets the 95 % bootstrap intervals.\nMAE, RMSE, AMAE and MMAE in " + unit
                + "; CS@k: errors of at most "
                + PlainText.quantity(ExactNumber.text(comparison.tolerance()), unit) + ".\n"
                + "AMAE and MMAE: average and maximum of the MAEs of the bins. RPS: ranked probability score.";
    }
}
