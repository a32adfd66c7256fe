package io.numclip.runner.report;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.run.Comparison;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/** Models in rows, the main metrics in columns. */
public final class RunTable {

    private static final List<OrdinalMetric> MAIN = List.of(
            OrdinalMetric.MAE,
            OrdinalMetric.ACCURACY,
            OrdinalMetric.OFF_BY_ONE,
            OrdinalMetric.RMSE,
            OrdinalMetric.SPEARMAN);
    private static final List<OrdinalMetric> WITH_INTERVAL = List.of(OrdinalMetric.MAE, OrdinalMetric.ACCURACY);

    private RunTable() {}

    /** One run: MAE and accuracy with their intervals, and the rank correlation. */
    public static Table of(Comparison comparison) {
        List<String> header = new ArrayList<>(List.of("model"));
        WITH_INTERVAL.forEach(metric -> header.add(metric.title()));
        header.add(OrdinalMetric.SPEARMAN.title());
        List<List<String>> rows = new ArrayList<>();
        for (Comparison.Row row : comparison.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.model()));
            WITH_INTERVAL.forEach(metric -> cells.add(FigureText.withInterval(row, metric)));
            cells.add(FigureText.of(row, OrdinalMetric.SPEARMAN));
            rows.add(cells);
        }
        return new Table(header, rows);
    }

    /**
     * Mean and standard deviation over runs.
     *
     * @param runs the same experiment with different seeds or folds
     */
    public static Table of(List<Comparison> runs) {
        List<String> header = new ArrayList<>(List.of("model"));
        header.addAll(titles());
        return new Table(header, rows(runs));
    }

    public static List<String> titles() {
        return MAIN.stream().map(OrdinalMetric::title).toList();
    }

    public static List<List<String>> rows(List<Comparison> runs) {
        return runs.get(0).rows().stream().map(row -> row(row.model(), runs)).toList();
    }

    private static List<String> row(String model, List<Comparison> runs) {
        List<String> cells = new ArrayList<>(List.of(model));
        for (OrdinalMetric metric : MAIN) {
            List<Double> figures = figures(model, metric, runs);
            cells.add(figures.size() < runs.size() ? "undefined" : cell(figures));
        }
        return cells;
    }

    /** Figures of one model and metric, without the runs that do not define it. */
    public static List<Double> figures(String model, OrdinalMetric metric, List<Comparison> runs) {
        return runs.stream()
                .map(run -> run.row(model).figures().get(metric))
                .filter(Objects::nonNull)
                .toList();
    }

    public static String cell(List<Double> figures) {
        String mean = FigureText.of(mean(figures));
        OptionalDouble deviation = deviation(figures);
        return deviation.isPresent() ? mean + " ± " + FigureText.of(deviation.getAsDouble()) : mean;
    }

    /** Of equal figures exactly that figure, which a sum that is divided again may miss. */
    public static double mean(List<Double> figures) {
        DoubleSummaryStatistics all =
                figures.stream().mapToDouble(figure -> figure).summaryStatistics();
        return all.getMin() == all.getMax() ? all.getMin() : all.getAverage();
    }

    /** Standard deviation of a sample: divided by n − 1. */
    public static OptionalDouble deviation(List<Double> figures) {
        if (figures.size() < 2) {
            return OptionalDouble.empty();
        }
        double mean = mean(figures);
        double squares = figures.stream()
                .mapToDouble(figure -> (figure - mean) * (figure - mean))
                .sum();
        return OptionalDouble.of(Math.sqrt(squares / (figures.size() - 1)));
    }
}
