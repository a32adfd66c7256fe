package io.numclip.host.run;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.numclip.data.NumClipException;
import io.numclip.storage.RegularFile;
import io.numclip.training.EpochResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** The epochs of a run as CSV, a column for each loss. */
final class EpochsCsv {

    private static final String FIRST = "epoch";
    private static final String LOSS = "loss";
    private static final List<String> LAST = List.of("validationMae", "best", "skippedSteps", "seconds");

    private EpochsCsv() {}

    static void write(Path file, List<EpochResult> epochs) throws IOException {
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
    static List<EpochResult> read(Path file) throws IOException {
        List<EpochResult> epochs = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(RegularFile.open(file))) {
            for (NamedCsvRecord row : rows) {
                epochs.add(epoch(row));
            }
        } catch (CsvParseException | IllegalArgumentException | NoSuchElementException broken) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    file + ": " + broken.getMessage(),
                    "restore the file as the run wrote it, or train again",
                    broken);
        }
        return epochs;
    }

    private static EpochResult epoch(NamedCsvRecord row) {
        Map<String, Double> losses = new LinkedHashMap<>();
        row.getFieldsAsMap().forEach((name, cell) -> {
            if (!name.equals(FIRST) && !name.equals(LOSS) && !LAST.contains(name)) {
                losses.put(name, Double.parseDouble(cell));
            }
        });
        return new EpochResult(
                Integer.parseInt(row.getField(FIRST)),
                losses,
                Double.parseDouble(row.getField(LOSS)),
                Double.parseDouble(row.getField("validationMae")),
                Boolean.parseBoolean(row.getField("best")),
                Integer.parseInt(row.getField("skippedSteps")),
                Double.parseDouble(row.getField("seconds")));
    }
}
