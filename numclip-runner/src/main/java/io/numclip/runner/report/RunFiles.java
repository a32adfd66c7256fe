package io.numclip.runner.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.numclip.data.LabeledImage;
import io.numclip.data.Prediction;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.runner.experiment.Comparison;
import io.numclip.runner.experiment.RunFolder;
import io.numclip.runner.experiment.RunResult;
import io.numclip.training.EpochResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what a run came to: metrics, predictions, epochs, chart and report. */
public final class RunFiles {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private RunFiles() {}

    public static void write(RunResult result) throws IOException {
        RunFolder folder = result.folder();
        JSON.writeValue(folder.metrics().toFile(), metrics(result));
        predictions(folder.predictions(), result);
        epochs(folder.epochs(), result.training().epochs());
        Files.write(folder.chart(), Charts.scatter(result));
        Files.writeString(folder.report(), RunReport.html(result), StandardCharsets.UTF_8);
    }

    private static Map<String, Object> metrics(RunResult result) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("task", result.config().task().type());
        metrics.put("split", "test");
        metrics.put("images", result.comparison().count());
        metrics.put("unit", result.scale().unit());
        Map<String, Object> models = new LinkedHashMap<>();
        result.comparison().rows().forEach(row -> models.put(row.model(), figures(row)));
        metrics.put("models", models);
        metrics.put("bestEpoch", result.training().bestEpoch());
        metrics.put("bestValidationMae", result.training().bestValidationMae());
        metrics.put("skippedImages", result.training().skippedImages());
        metrics.put("seed", result.config().training().seed());
        metrics.put("dataHash", result.dataHash());
        metrics.put("versions", Versions.all());
        return metrics;
    }

    private static Map<String, Double> figures(Comparison.Row row) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (OrdinalMetric metric : OrdinalMetric.values()) {
            figures.put(metric.key(), row.figures().get(metric));
        }
        return figures;
    }

    private static void predictions(Path file, RunResult result) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            List<String> header = new ArrayList<>(List.of("file", "value", "label"));
            result.predictions().get(0).concepts().forEach(concept -> header.add(concept.concept()));
            csv.writeRecord(header);
            for (int i = 0; i < result.images().size(); i++) {
                LabeledImage image = result.images().get(i);
                Prediction prediction = result.predictions().get(i);
                List<String> row = new ArrayList<>();
                row.add(CsvCells.text(image.name()));
                row.add(String.valueOf(prediction.value()));
                row.add(String.valueOf(image.label()));
                prediction.concepts().forEach(concept -> row.add(String.valueOf(concept.probability())));
                csv.writeRecord(row);
            }
        }
    }

    private static void epochs(Path file, List<EpochResult> epochs) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            List<String> header = new ArrayList<>(List.of("epoch", "loss"));
            header.addAll(epochs.get(0).losses().keySet());
            header.addAll(List.of("validationMae", "best", "skippedSteps", "seconds"));
            csv.writeRecord(header);
            for (EpochResult epoch : epochs) {
                List<String> row = new ArrayList<>();
                row.add(String.valueOf(epoch.epoch()));
                row.add(String.valueOf(epoch.totalLoss()));
                epoch.losses().values().forEach(loss -> row.add(String.valueOf(loss)));
                row.add(String.valueOf(epoch.validationMae()));
                row.add(String.valueOf(epoch.best()));
                row.add(String.valueOf(epoch.skippedSteps()));
                row.add(String.valueOf(epoch.seconds()));
                csv.writeRecord(row);
            }
        }
    }
}
