package io.numclip.runner.compare;

import io.numclip.evaluation.Holm;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.evaluation.Shots;
import io.numclip.host.compare.Cell;
import io.numclip.host.compare.CellResult;
import io.numclip.host.message.PlainText;
import io.numclip.runner.report.Measure;
import io.numclip.runner.report.RunsFigures.ErrorDifference;
import io.numclip.runner.report.Table;
import io.numclip.uncertainty.ExactNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All methods on one task, the lowest MAE first, the best constant prediction last.
 *
 * <p>Differences have intervals over clusters of images and seeds, and p values that are corrected for the table.
 */
final class MethodsTable {

    private static final String CONSTANT = "constant";
    private static final List<OrdinalMetric> METRICS =
            List.of(OrdinalMetric.MAE, OrdinalMetric.ACCURACY, OrdinalMetric.RMSE, OrdinalMetric.SPEARMAN);

    private final Cell.Table compared;
    private final List<MethodRow> rows;
    private final MethodRow reference;
    private final Map<MethodRow, ErrorDifference> differences;

    /** @param against title of the method to test against; the best method if it is empty or has no figures */
    MethodsTable(Cell.Table compared, List<MethodRow> rows, String against) {
        this.compared = compared;
        this.rows =
                rows.stream().sorted(Comparator.comparingDouble(MethodRow::mae)).toList();
        this.reference = this.rows.stream()
                .filter(row -> row.title().equals(against))
                .findFirst()
                .orElse(this.rows.get(0));
        this.differences = differences(this.rows, reference);
    }

    /** None for the reference, and for rows that share too few images with it. */
    private static Map<MethodRow, ErrorDifference> differences(List<MethodRow> rows, MethodRow reference) {
        Map<MethodRow, PairedComparison> paired = new LinkedHashMap<>();
        for (MethodRow row : rows) {
            if (!row.equals(reference)) {
                row.against(reference).ifPresent(comparison -> paired.put(row, comparison));
            }
        }
        double[] corrected = Holm.corrected(
                paired.values().stream().mapToDouble(PairedComparison::pValue).toArray());
        Map<MethodRow, ErrorDifference> differences = new LinkedHashMap<>();
        paired.forEach((row, comparison) ->
                differences.put(row, new ErrorDifference(row.title(), comparison, corrected[differences.size()])));
        return differences;
    }

    Cell.Table compared() {
        return compared;
    }

    /** The lowest MAE first. */
    List<MethodRow> rows() {
        return rows;
    }

    /** What the others are tested against. */
    MethodRow reference() {
        return reference;
    }

    /** All methods against the reference, with p values corrected for the number of these tests. */
    List<ErrorDifference> differences() {
        return List.copyOf(differences.values());
    }

    /** The heading: what is compared, on what. */
    String heading() {
        CellResult any = rows.get(0).any();
        return compared + " (" + PlainText.counted(any.predictions().size(), "test image") + " in "
                + PlainText.counted(rows.get(0).clusters(), "cluster") + ", MAE and RMSE in " + any.unit() + ")";
    }

    /** What is not alike besides the methods. */
    List<String> warnings() {
        return UnlikeRows.warnings(rows);
    }

    Table text() {
        List<String> header = new ArrayList<>(List.of("method"));
        METRICS.forEach(metric -> header.add(metric.title()));
        header.addAll(parts().stream().map(part -> "MAE " + part).toList());
        header.addAll(List.of("− " + reference.title() + " [95 %]", "p (Holm)", "runs"));
        header.addAll(List.of("rates ×", "tower", "trained numbers", "steps", "train s"));
        Table table = new Table(header, List.of());
        rows.forEach(row -> table.row(cells(row).toArray()));
        List<Object> constant = new ArrayList<>(List.of(CONSTANT));
        METRICS.forEach(metric -> constant.add(over(rows.get(0).constants(metric), 1)));
        return table.row(Stream.concat(constant.stream(), Stream.generate(() -> ""))
                .limit(header.size())
                .toArray());
    }

    private List<Object> cells(MethodRow row) {
        List<Object> cells = new ArrayList<>(List.of(row.title()));
        METRICS.forEach(
                metric -> cells.add(over(row.figures(metric), row.cells().size())));
        parts().forEach(part -> cells.add(row.part(part).isEmpty() ? "" : Measure.over(row.part(part))));
        cells.addAll(difference(row));
        cells.add(row.cells().size());
        cells.add(factors(row));
        cells.add(UnlikeRows.tower(row));
        cells.add(String.format(Locale.ROOT, "%.0f", row.mean(cell -> (double) cell.trainedParameters())));
        cells.add(String.format(Locale.ROOT, "%.0f", row.mean(CellResult::steps)));
        cells.add(String.format(Locale.ROOT, "%.1f", row.mean(cell -> cell.seconds())));
        return cells;
    }

    private static Object over(List<Double> figures, int runs) {
        return figures.size() < runs ? "undefined" : Measure.over(figures);
    }

    /** The factor on the learning rates, one for each fold; empty without rates. */
    private static String factors(MethodRow row) {
        return row.any().steps() == 0
                ? ""
                : row.cells().keySet().stream()
                        .map(run -> ExactNumber.text(run.factor()))
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    private List<String> difference(MethodRow row) {
        ErrorDifference found = differences.get(row);
        if (found == null) {
            return List.of("", "");
        }
        PairedComparison paired = found.paired();
        int decimals = PlainText.decimals(Math.max(
                Math.abs(paired.interval().low()), Math.abs(paired.interval().high())));
        String each = "%+." + decimals + "f";
        String difference = String.format(
                Locale.ROOT,
                each + " [" + each + ", " + each + "]",
                paired.difference(),
                paired.interval().low(),
                paired.interval().high());
        return List.of(difference, found.pText());
    }

    /** The parts with many, medium and few training images that have test images; empty if there is only one. */
    private List<String> parts() {
        List<String> found = Arrays.stream(Shots.values())
                .map(Shots::toString)
                .filter(part -> rows.stream().anyMatch(row -> !row.part(part).isEmpty()))
                .toList();
        return found.size() > 1 ? found : List.of();
    }

    /** Every difference, for programs. */
    List<List<String>> differencesCsv() {
        List<List<String>> lines = new ArrayList<>();
        differences.forEach((row, difference) -> {
            PairedComparison paired = difference.paired();
            List<String> line = about(row);
            line.addAll(List.of(
                    PlainText.cell(reference.title()),
                    String.valueOf(paired.difference()),
                    String.valueOf(paired.interval().low()),
                    String.valueOf(paired.interval().high()),
                    String.valueOf(paired.pValue()),
                    String.valueOf(difference.p()),
                    String.valueOf(paired.clusters())));
            lines.add(line);
        });
        return lines;
    }

    private List<String> about(MethodRow row) {
        return new ArrayList<>(List.of(
                PlainText.cell(compared.task()),
                compared.shotsInWords(),
                compared.shiftInWords(),
                PlainText.cell(row.title())));
    }

    /** Every figure of every metric, for programs. */
    List<List<String>> csv() {
        List<List<String>> lines = new ArrayList<>();
        for (MethodRow row : rows) {
            for (OrdinalMetric metric : OrdinalMetric.values()) {
                List<Double> figures = row.figures(metric);
                if (!figures.isEmpty()) {
                    String deviation = Measure.deviation(figures).isPresent()
                            ? String.valueOf(Measure.deviation(figures).getAsDouble())
                            : "";
                    List<String> line = about(row);
                    line.addAll(List.of(
                            metric.key(),
                            String.valueOf(Measure.mean(figures)),
                            deviation,
                            String.valueOf(figures.size())));
                    lines.add(line);
                }
            }
        }
        return lines;
    }
}
