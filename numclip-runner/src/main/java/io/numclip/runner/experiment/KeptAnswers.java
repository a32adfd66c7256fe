package io.numclip.runner.experiment;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.numclip.data.Bins;
import io.numclip.data.NumClipException;
import io.numclip.model.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What a run said about its test images, from its {@code predictions.csv}.
 *
 * @param unit of its label scale
 * @param answers by file
 */
record KeptAnswers(Path run, Bins bins, String unit, Map<String, Answer> answers) {

    /** @param hit whether the likeliest concept holds the label */
    record Answer(double label, double value, boolean hit) {

        double absoluteError() {
            return Math.abs(value - label);
        }
    }

    /** @throws NumClipException if the folder is no run, is not finished, or its file cannot be read */
    static KeptAnswers read(Path run) throws IOException {
        RunFolder folder = RunFolder.open(run);
        if (!Files.isRegularFile(folder.predictions())) {
            throw new NumClipException(
                    NumClipException.Kind.MISSING,
                    folder.predictions() + ": no such file; the run is not finished",
                    "finish it with './numclip train --resume " + run + "'");
        }
        ModelDirectory model = ModelDirectory.open(folder.model());
        Map<String, Answer> answers = new LinkedHashMap<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(folder.predictions())) {
            rows.forEach(row -> answers.put(row.getField("file"), answer(row, model.bins())));
        } catch (CsvParseException | IllegalArgumentException | NoSuchElementException broken) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    folder.predictions() + ": " + broken.getMessage(),
                    "leave the file as the run has written it, or train again",
                    broken);
        }
        return new KeptAnswers(run, model.bins(), model.scale().unit(), answers);
    }

    private static Answer answer(NamedCsvRecord row, Bins bins) {
        double label = Double.parseDouble(row.getField("label"));
        double value = Double.parseDouble(row.getField("value"));
        return new Answer(label, value, likeliest(row, bins.concepts()) == bins.indexOf(label));
    }

    private static int likeliest(NamedCsvRecord row, List<String> concepts) {
        int likeliest = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < concepts.size(); k++) {
            double probability = Double.parseDouble(row.getField(concepts.get(k)));
            if (probability > highest) {
                highest = probability;
                likeliest = k;
            }
        }
        return likeliest;
    }
}
