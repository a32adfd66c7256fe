package io.numclip.runner.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.numclip.data.LabeledImage;
import io.numclip.data.Prediction;
import io.numclip.runner.experiment.RunFolder;
import io.numclip.runner.experiment.RunResult;
import io.numclip.training.EpochResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes what a run came to: metrics, predictions, epochs, chart and report. */
public final class RunFiles {

    private RunFiles() {}

    public static void write(RunResult result) throws IOException {
        RunFolder folder = result.folder();
        predictions(folder.predictions(), result);
        epochs(folder.epochs(), result.training().epochs());
        Files.write(folder.chart(), Charts.scatter(result));
        Files.writeString(folder.report(), RunReport.html(result), StandardCharsets.UTF_8);
        MetricsFile.write(folder.metrics(), result); // the last, for it says that the run is whole
    }

    private static void predictions(Path file, RunResult result) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            List<String> header = new ArrayList<>(List.of("file", "value", "label"));
            Prediction any = result.predictions().get(0);
            any.concepts().forEach(concept -> header.add(concept.concept()));
            if (any.uncertainty() != null) {
                header.addAll(UncertaintyCells.header(UncertaintyCells.thresholds(any.uncertainty())));
            }
            csv.writeRecord(header);
            for (int i = 0; i < result.images().size(); i++) {
                LabeledImage image = result.images().get(i);
                Prediction prediction = result.predictions().get(i);
                List<String> row = new ArrayList<>();
                row.add(CsvCells.text(image.name()));
                row.add(String.valueOf(prediction.value()));
                row.add(String.valueOf(image.label()));
                prediction.concepts().forEach(concept -> row.add(String.valueOf(concept.probability())));
                if (prediction.uncertainty() != null) {
                    row.addAll(UncertaintyCells.row(prediction.uncertainty()));
                }
                csv.writeRecord(row);
            }
        }
    }

    private static void epochs(Path file, List<EpochResult> epochs) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            List<String> header = new ArrayList<>(List.of("epoch", "loss"));
            epochs.stream()
                    .limit(1)
                    .forEach(epoch -> header.addAll(epoch.losses().keySet()));
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
