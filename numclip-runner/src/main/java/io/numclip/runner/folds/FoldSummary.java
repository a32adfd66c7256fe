package io.numclip.runner.folds;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.run.Comparison;
import io.numclip.runner.report.RunTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Means and deviations over folds, for JSON. */
final class FoldSummary {

    private FoldSummary() {}

    /**
     * For each model and metric the {@code mean} over folds and the {@code deviation} of a sample; null if the metric
     * is undefined on a fold. A single fold has no deviation.
     */
    static Map<String, Object> of(List<Comparison> folds) {
        Map<String, Object> summary = new LinkedHashMap<>();
        folds.get(0).rows().forEach(row -> {
            Map<String, Object> metrics = new LinkedHashMap<>();
            for (OrdinalMetric metric : OrdinalMetric.values()) {
                metrics.put(metric.key(), figures(row.model(), metric, folds));
            }
            summary.put(row.model(), metrics);
        });
        return summary;
    }

    private static @Nullable Map<String, Object> figures(String model, OrdinalMetric metric, List<Comparison> folds) {
        List<Double> figures = RunTable.figures(model, metric, folds);
        if (figures.size() < folds.size()) {
            return null;
        }
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("mean", RunTable.mean(figures));
        RunTable.deviation(figures).ifPresent(deviation -> node.put("deviation", deviation));
        return node;
    }
}
