package io.numclip.host.files;

import io.numclip.data.NumClipException;
import io.numclip.training.progress.EpochResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The epochs of a run as CSV, a column for each loss. */
public final class EpochsCsv {

    private static final String FIRST = "epoch";
    private static final String LOSS = "loss";
    private static final List<String> LAST = List.of("validationMae", "best", "skippedSteps", "seconds");

    private EpochsCsv() {}

    public static void write(Path file, List<EpochResult> epochs) throws IOException {
        CsvFile.write(file, csv -> {
            List<String> header = new ArrayList<>(List.of(FIRST, LOSS));
            epochs.stream()
                    .limit(1)
                    .forEach(epoch -> header.addAll(epoch.losses().keySet()));
            header.addAll(LAST);
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

    /** @throws NumClipException if the file is not as {@link #write} writes it */
    public static List<EpochResult> read(Path file) throws IOException {
        List<EpochResult> epochs = new ArrayList<>();
        StoredTable.read(file, row -> epochs.add(epoch(row)));
        return epochs;
    }

    private static EpochResult epoch(StoredTable.Row row) {
        Map<String, Double> losses = new LinkedHashMap<>();
        row.columns().forEach(name -> {
            if (!name.equals(FIRST) && !name.equals(LOSS) && !LAST.contains(name)) {
                losses.put(name, row.number(name));
            }
        });
        return new EpochResult(
                row.whole(FIRST),
                losses,
                row.number(LOSS),
                row.number("validationMae"),
                row.truth("best"),
                row.whole("skippedSteps"),
                row.number("seconds"));
    }
}
