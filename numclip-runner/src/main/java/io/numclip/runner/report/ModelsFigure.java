package io.numclip.runner.report;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.PlainText;
import io.numclip.host.run.RunMetrics;
import io.numclip.runner.chart.Axis;
import io.numclip.runner.chart.Spans;
import io.numclip.runner.page.Figure;
import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The error of every model of a run with its interval, the smallest first. */
final class ModelsFigure {

    private ModelsFigure() {}

    static Tag of(RunMetrics metrics) {
        Comparison comparison = metrics.comparison();
        List<Comparison.Row> rows = comparison.rows().stream()
                .filter(row -> row.figures().containsKey(OrdinalMetric.MAE))
                .sorted(Comparator.comparingDouble(Comparison.Row::mae))
                .toList();
        String about = "Mean absolute error on the same " + PlainText.counted(comparison.count(), "test image")
                + ", with its 95 %"
                + " interval. The broken line is the"
                + " guess; the other models learned"
                + " from the same training images, or"
                + " not at all.";
        return Figure.of(
                "Error of each model",
                about,
                chart(metrics, rows),
                table(metrics, rows).html(comparison.trained().model()));
    }

    private static Tag chart(RunMetrics metrics, List<Comparison.Row> rows) {
        Comparison comparison = metrics.comparison();
        double most =
                rows.stream().mapToDouble(row -> row.maeInterval().high()).max().orElse(1);
        Axis axis = Axis.round("mean absolute error, " + metrics.unit(), 0, most);
        double guess = comparison.row(Comparison.CONSTANT).mae();
        return Spans.of(
                axis,
                guess,
                rows.stream()
                        .map(row -> ErrorSpan.of(
                                row.model(),
                                row.model().equals(Comparison.CONSTANT) ? "a guess: " + guess(comparison) : "",
                                row,
                                null,
                                row.equals(comparison.trained())))
                        .toList());
    }

    private static String guess(Comparison comparison) {
        return "always " + comparison.constants().getOrDefault(OrdinalMetric.MAE, "the same");
    }

    private static Table table(RunMetrics metrics, List<Comparison.Row> rows) {
        String trained = metrics.comparison().trained().model();
        List<List<String>> cells = new ArrayList<>();
        for (Comparison.Row row : rows) {
            PairedComparison paired = metrics.differences().get(row.model());
            cells.add(List.of(
                    row.model(),
                    FigureText.withInterval(row, OrdinalMetric.MAE),
                    difference(paired),
                    paired == null ? "" : String.format(Locale.ROOT, "%.4f", paired.pValue()),
                    FigureText.withInterval(row, OrdinalMetric.ACCURACY),
                    FigureText.of(row, OrdinalMetric.SPEARMAN)));
        }
        return new Table(List.of("model", "MAE", trained + " minus it", "p", "accuracy", "Spearman"), cells);
    }

    private static String difference(@Nullable PairedComparison paired) {
        return paired == null ? "" : FigureText.withInterval(paired.difference(), paired.interval());
    }
}
