package io.numclip.runner.folds;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.files.CsvFile;
import io.numclip.host.files.MetricsFile;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Comparison;
import io.numclip.runner.report.Measure;
import io.numclip.runner.report.Notes;
import io.numclip.runner.report.RunTable;
import io.numclip.runner.report.Table;
import io.numclip.storage.AtomicFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Folds side by side, and their mean ± sample standard deviation.
 *
 * @param config shared by all folds
 * @param results in the order of the folds
 */
public record FoldsReport(ExperimentConfig config, List<FoldResult> results) {

    public FoldsReport {
        results = List.copyOf(results);
    }

    public List<FoldResult> failed() {
        return results.stream().filter(result -> result.comparison() == null).toList();
    }

    /** The text for the terminal; it ends with a line break. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (!comparisons().isEmpty()) {
            text.append("MAE on the test images of each fold:\n").append(folds().text());
            text.append("\nMean ± standard deviation over ").append(count()).append(":\n");
            text.append(RunTable.of(comparisons()).text());
        }
        text.append(Notes.text(config.protocol()));
        failed().forEach(result -> text.append(failure(result)).append('\n'));
        return text.toString();
    }

    /** Writes {@code folds.csv}, {@code folds.json} and the page. */
    public void write(FoldsFolder folder) throws IOException {
        csv(folder);
        MetricsFile.writeWhole(folder.json(), json());
        AtomicFile.write(folder.report(), new FoldsPage(this).html());
    }

    /** One row for each fold: MAE of every model, accuracy of NumCLIP. */
    private Table folds() {
        List<String> header = new ArrayList<>(List.of("fold", "images"));
        comparisons().get(0).rows().forEach(row -> header.add(row.model()));
        header.add(trained() + " accuracy");
        Table folds = new Table(header, List.of());
        for (FoldResult result : finished()) {
            Comparison comparison = Objects.requireNonNull(result.comparison());
            List<Object> row = new ArrayList<>(List.of(PlainText.printable(result.fold()), comparison.count()));
            comparison.rows().forEach(model -> row.add(Measure.alone(model, OrdinalMetric.MAE)));
            row.add(Measure.alone(comparison.trained(), OrdinalMetric.ACCURACY));
            folds.row(row.toArray());
        }
        return folds;
    }

    String trained() {
        return comparisons().get(0).trained().model();
    }

    private String count() {
        int finished = comparisons().size();
        return PlainText.counted(finished, "fold") + (finished == 1 ? "" : ", equally weighted");
    }

    List<FoldResult> finished() {
        return results.stream().filter(result -> result.comparison() != null).toList();
    }

    List<Comparison> comparisons() {
        return finished().stream()
                .map(result -> Objects.requireNonNull(result.comparison()))
                .toList();
    }

    static String failure(FoldResult result) {
        return "fold " + PlainText.printable(result.fold()) + " failed (exit code " + result.exitCode() + "): "
                + PlainText.printable(result.failure());
    }

    private void csv(FoldsFolder folder) throws IOException {
        CsvFile.write(folder.csv(), csv -> {
            List<String> header = new ArrayList<>(List.of("fold", "model", "images"));
            for (OrdinalMetric metric : OrdinalMetric.values()) {
                header.add(metric.key());
            }
            csv.writeRecord(header);
            for (FoldResult result : finished()) {
                Comparison comparison = Objects.requireNonNull(result.comparison());
                for (Comparison.Row row : comparison.rows()) {
                    csv.writeRecord(cells(result.fold(), comparison.count(), row));
                }
            }
        });
    }

    private static List<String> cells(String fold, int images, Comparison.Row row) {
        List<String> cells = new ArrayList<>(List.of(PlainText.cell(fold), row.model(), String.valueOf(images)));
        for (OrdinalMetric metric : OrdinalMetric.values()) {
            Double figure = row.figures().get(metric);
            cells.add(figure == null ? "" : String.valueOf(figure));
        }
        return cells;
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task", config.taskName());
        json.put("protocol", MetricsFile.protocol(config.protocol(), List.of()));
        List<Object> folds = new ArrayList<>();
        results.forEach(result -> folds.add(json(result)));
        json.put("folds", folds);
        if (!comparisons().isEmpty()) {
            json.put("summary", summary(comparisons()));
        }
        return json;
    }

    private static Map<String, Object> json(FoldResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("fold", result.fold());
        json.put("folder", result.folder().path().getFileName().toString());
        if (result.comparison() == null) {
            json.put("failure", result.failure());
            json.put("exitCode", result.exitCode());
        } else {
            json.put("images", result.comparison().count());
            json.put("models", MetricsFile.models(result.comparison()));
        }
        return json;
    }

    /**
     * For each model and metric the {@code mean} over folds and the {@code deviation} of a sample; null if the metric is
     * undefined on a fold. A single fold has no deviation.
     */
    private static Map<String, Object> summary(List<Comparison> folds) {
        Map<String, Object> summary = new LinkedHashMap<>();
        folds.get(0).rows().forEach(row -> {
            Map<String, Object> metrics = new LinkedHashMap<>();
            for (OrdinalMetric metric : OrdinalMetric.values()) {
                List<Double> figures = Measure.figures(row.model(), metric, folds);
                Map<String, Object> means = new LinkedHashMap<>();
                means.put("mean", Measure.mean(figures));
                Measure.deviation(figures).ifPresent(deviation -> means.put("deviation", deviation));
                metrics.put(metric.key(), figures.size() < folds.size() ? null : means);
            }
            summary.put(row.model(), metrics);
        });
        return summary;
    }
}
