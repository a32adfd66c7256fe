package io.numclip.host.run;

import io.numclip.training.EpochResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the data of a finished run: predictions, epochs and figures. */
public final class RunFiles {

    private RunFiles() {}

    public static void write(RunResult result) throws IOException {
        RunFolder folder = result.folder();
        PredictionsFile.write(
                folder.predictions(),
                result.predictions(),
                result.config().protocol().group());
        epochs(folder.epochs(), result.training().epochs());
        MetricsFile.write(folder.metrics(), result); // last, because it marks the run as finished
    }

    private static void epochs(Path file, List<EpochResult> epochs) throws IOException {
        CsvFile.write(file, csv -> {
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
        });
    }
}
