package io.numclip.runner.compare;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.evaluation.Shots;
import io.numclip.host.run.PlainText;
import io.numclip.runner.report.RunTable;
import io.numclip.runner.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All methods on one task, the lowest MAE first, the best constant prediction last.
 *
 * @param heading the task, and the number of training images of each label
 */
final class MethodsTable {

    private static final String CONSTANT = "constant";
    private static final List<OrdinalMetric> METRICS =
            List.of(OrdinalMetric.MAE, OrdinalMetric.ACCURACY, OrdinalMetric.RMSE, OrdinalMetric.SPEARMAN);

    private final String heading;
    private final List<MethodRow> rows;
    private final MethodRow reference;

    /** @param against title of the method to test against; the best method if it is empty or has no figures */
    MethodsTable(String heading, List<MethodRow> rows, String against) {
        this.heading = heading;
        this.rows =
                rows.stream().sorted(Comparator.comparingDouble(MethodRow::mae)).toList();
        this.reference = this.rows.stream()
                .filter(row -> row.title().equals(against))
                .findFirst()
                .orElse(this.rows.get(0));
    }

    String heading() {
        return heading;
    }

    String unit() {
        return rows.get(0).any().unit();
    }

    int images() {
        return rows.get(0).any().predictions().size();
    }

    Table text() {
        return table(false);
    }

    /** The best of each column is bold. */
    String markdown() {
        return table(true).markdown();
    }

    private Table table(boolean bold) {
        List<String> header = new ArrayList<>(List.of("method"));
        METRICS.forEach(metric -> header.add(metric.title()));
        header.addAll(parts().stream().map(part -> "MAE " + part).toList());
        header.addAll(List.of("− " + reference.title() + " [95 %]", "p", "runs", "trained numbers", "train s"));
        List<List<String>> all = new ArrayList<>();
        rows.forEach(row -> all.add(row(row, bold)));
        all.add(constant(header.size()));
        return new Table(header, all);
    }

    private List<String> row(MethodRow row, boolean bold) {
        List<String> cells = new ArrayList<>(List.of(row.title()));
        for (OrdinalMetric metric : METRICS) {
            List<Double> figures = row.figures(metric);
            String cell = figures.size() < row.cells().size() ? "undefined" : RunTable.cell(figures);
            cells.add(bold && isBest(row, metric) ? "**" + cell + "**" : cell);
        }
        for (String part : parts()) {
            cells.add(row.part(part).isEmpty() ? "" : RunTable.cell(row.part(part)));
        }
        cells.addAll(difference(row));
        cells.add(String.valueOf(row.cells().size()));
        cells.add(String.format(Locale.ROOT, "%.0f", row.mean(cell -> (double) cell.trainedParameters())));
        cells.add(String.format(Locale.ROOT, "%.1f", row.mean(cell -> cell.seconds())));
        return cells;
    }

    private List<String> difference(MethodRow row) {
        PairedComparison paired =
                row.equals(reference) ? null : row.against(reference).orElse(null);
        if (paired == null) {
            return List.of("", "");
        }
        String difference = String.format(
                Locale.ROOT,
                "%+.3f [%+.3f, %+.3f]",
                paired.difference(),
                paired.interval().low(),
                paired.interval().high());
        return List.of(difference, String.format(Locale.ROOT, "%.4f", paired.pValue()));
    }

    private List<String> constant(int columns) {
        List<String> cells = new ArrayList<>(List.of(CONSTANT));
        for (OrdinalMetric metric : METRICS) {
            List<Double> figures = rows.get(0).constants(metric);
            cells.add(figures.isEmpty() ? "undefined" : RunTable.cell(figures));
        }
        while (cells.size() < columns) {
            cells.add("");
        }
        return cells;
    }

    /** Those of many, medium and few that have test images; empty if there is only one. */
    private List<String> parts() {
        List<String> found = Arrays.stream(Shots.values())
                .map(Shots::toString)
                .filter(part -> rows.stream().anyMatch(row -> !row.part(part).isEmpty()))
                .toList();
        return found.size() > 1 ? found : List.of();
    }

    private boolean isBest(MethodRow row, OrdinalMetric metric) {
        Double own = mean(row, metric);
        return own != null
                && rows.stream()
                        .map(other -> mean(other, metric))
                        .filter(Objects::nonNull)
                        .noneMatch(other -> metric.isBetter(other, own));
    }

    private static @Nullable Double mean(MethodRow row, OrdinalMetric metric) {
        List<Double> figures = row.figures(metric);
        return figures.isEmpty() ? null : Double.valueOf(RunTable.mean(figures));
    }

    /** Every figure of every metric, for programs: task, shots, method, then metrics with mean and deviation. */
    List<List<String>> csv() {
        List<List<String>> lines = new ArrayList<>();
        for (MethodRow row : rows) {
            for (OrdinalMetric metric : OrdinalMetric.values()) {
                List<Double> figures = row.figures(metric);
                if (!figures.isEmpty()) {
                    String deviation = RunTable.deviation(figures).isPresent()
                            ? String.valueOf(RunTable.deviation(figures).getAsDouble())
                            : "";
                    lines.add(List.of(
                            PlainText.cell(heading),
                            PlainText.cell(row.title()),
                            metric.key(),
                            String.valueOf(RunTable.mean(figures)),
                            deviation,
                            String.valueOf(figures.size())));
                }
            }
        }
        return lines;
    }
}
