package io.numclip.runner.report;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.result.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Models in rows, the main metrics in columns. */
public final class RunTable {

    private static final List<OrdinalMetric> MAIN = List.of(
            OrdinalMetric.MAE,
            OrdinalMetric.ACCURACY,
            OrdinalMetric.OFF_BY_ONE,
            OrdinalMetric.RMSE,
            OrdinalMetric.SPEARMAN);

    private RunTable() {}

    /** One run: MAE and accuracy with their intervals, and the rank correlation. */
    public static Table of(Comparison comparison) {
        Table table = new Table("model", "MAE", "accuracy", "Spearman");
        comparison
                .rows()
                .forEach(row -> table.row(
                        row.model(),
                        Measure.of(row, OrdinalMetric.MAE),
                        Measure.of(row, OrdinalMetric.ACCURACY),
                        Measure.alone(row, OrdinalMetric.SPEARMAN)));
        return table;
    }

    /**
     * Mean and standard deviation over runs.
     *
     * @param runs the same experiment with different seeds or folds
     */
    public static Table of(List<Comparison> runs) {
        return new Table(titles("model"), rows(runs, List.of(), false));
    }

    /** The same for a chart: of a single run each figure has its bootstrap interval. */
    static Table forChart(List<Comparison> runs) {
        return new Table(titles("model"), rows(runs, List.of(), runs.size() == 1));
    }

    /** The same for several tasks. */
    public static Table of(Map<String, List<Comparison>> tasks) {
        Table table = new Table(titles("task", "model"), List.of());
        tasks.forEach((task, runs) -> rows(runs, List.of(task), false).forEach(row -> table.row(row.toArray())));
        return table;
    }

    private static List<String> titles(String... before) {
        return Stream.concat(Stream.of(before), MAIN.stream().map(OrdinalMetric::title))
                .toList();
    }

    private static List<List<Object>> rows(List<Comparison> runs, List<String> before, boolean intervals) {
        return runs.get(0).rows().stream()
                .map(row -> {
                    List<Object> cells = new ArrayList<>(before);
                    cells.add(row.model());
                    MAIN.forEach(metric ->
                            cells.add(intervals ? Measure.of(row, metric) : Measure.over(row.model(), metric, runs)));
                    return cells;
                })
                .toList();
    }
}
