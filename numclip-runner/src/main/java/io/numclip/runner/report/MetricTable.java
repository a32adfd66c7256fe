package io.numclip.runner.report;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.runner.experiment.Comparison;
import java.util.ArrayList;
import java.util.List;

/** Every metric with its interval: metrics in rows, models in columns, and what the best constant is. */
public final class MetricTable {

    private MetricTable() {}

    public static Table of(Comparison comparison) {
        List<String> header = new ArrayList<>(List.of("metric"));
        comparison.rows().forEach(row -> header.add(row.model()));
        header.add("constant answer");
        List<List<String>> rows = new ArrayList<>();
        for (OrdinalMetric metric : OrdinalMetric.values()) {
            rows.add(row(metric, comparison));
        }
        return new Table(header, rows);
    }

    /** What the rows mean, in one line. */
    public static String note(Comparison comparison, String unit) {
        return "Figures with their 95 % bootstrap intervals. MAE, RMSE, AMAE and MMAE in " + unit
                + "; AMAE and MMAE are the average and the maximum of the MAEs of the bins; CS@k is the share of errors of at"
                + " most " + Pictures.number(comparison.tolerance()) + " " + unit + ".";
    }

    private static List<String> row(OrdinalMetric metric, Comparison comparison) {
        List<String> cells = new ArrayList<>(List.of(metric.title()));
        comparison.rows().forEach(row -> cells.add(FigureText.withInterval(row, metric)));
        cells.add(comparison.constants().getOrDefault(metric, ""));
        return cells;
    }
}
