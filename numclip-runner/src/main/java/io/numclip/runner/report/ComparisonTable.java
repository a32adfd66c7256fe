package io.numclip.runner.report;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.runner.experiment.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/** Models in rows, metrics in columns; with several runs, mean and standard deviation. */
public final class ComparisonTable {

    private ComparisonTable() {}

    public static Table of(Comparison comparison) {
        return of(List.of(comparison));
    }

    /** @param runs the same experiment with different seeds */
    public static Table of(List<Comparison> runs) {
        List<String> header = new ArrayList<>(List.of("model"));
        Arrays.stream(OrdinalMetric.values()).map(OrdinalMetric::title).forEach(header::add);
        return new Table(header, rows(runs));
    }

    static List<List<String>> rows(List<Comparison> runs) {
        return runs.get(0).rows().stream().map(row -> row(row.model(), runs)).toList();
    }

    private static List<String> row(String model, List<Comparison> runs) {
        List<String> cells = new ArrayList<>(List.of(model));
        for (OrdinalMetric metric : OrdinalMetric.values()) {
            List<Double> figures = figures(model, metric, runs);
            cells.add(figures.size() < runs.size() ? "undefined" : cell(figures));
        }
        return cells;
    }

    /** Of one model and metric; a run that does not define it has none. */
    static List<Double> figures(String model, OrdinalMetric metric, List<Comparison> runs) {
        return runs.stream()
                .map(run -> run.row(model).figures().get(metric))
                .filter(Objects::nonNull)
                .toList();
    }

    static String cell(Comparison.Row row, OrdinalMetric metric) {
        Double figure = row.figures().get(metric);
        return figure == null ? "undefined" : format(figure);
    }

    static String cell(List<Double> figures) {
        String mean = format(mean(figures));
        OptionalDouble deviation = deviation(figures);
        return deviation.isPresent() ? mean + " ± " + format(deviation.getAsDouble()) : mean;
    }

    static double mean(List<Double> figures) {
        return figures.stream().mapToDouble(figure -> figure).average().orElseThrow();
    }

    /** Of a sample: divided by one less than the count. */
    static OptionalDouble deviation(List<Double> figures) {
        if (figures.size() < 2) {
            return OptionalDouble.empty();
        }
        double mean = mean(figures);
        double squares = figures.stream()
                .mapToDouble(figure -> (figure - mean) * (figure - mean))
                .sum();
        return OptionalDouble.of(Math.sqrt(squares / (figures.size() - 1)));
    }

    private static String format(double figure) {
        return String.format(Locale.ROOT, "%.3f", figure);
    }
}
