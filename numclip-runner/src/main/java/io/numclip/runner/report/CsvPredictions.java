package io.numclip.runner.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.numclip.data.Prediction;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Columns {@code file,value}, then the probability of each concept, then {@code error}. */
final class CsvPredictions implements PredictionWriter {

    private final Writer out;
    private final CsvWriter csv;
    private final int concepts;

    CsvPredictions(Writer out, List<String> concepts) {
        this.out = out;
        this.csv = CsvWriter.builder().bufferSize(0).build(out);
        this.concepts = concepts.size();
        List<String> header = new ArrayList<>(List.of("file", "value"));
        header.addAll(concepts.stream().map(CsvCells::text).toList());
        header.add("error");
        csv.writeRecord(header);
    }

    @Override
    public void write(PredictedFile file) throws IOException {
        List<String> row = new ArrayList<>(List.of(CsvCells.text(file.file())));
        Prediction prediction = file.prediction();
        row.add(prediction == null ? "" : String.valueOf(prediction.value()));
        for (int i = 0; i < concepts; i++) {
            row.add(
                    prediction == null
                            ? ""
                            : String.valueOf(prediction.concepts().get(i).probability()));
        }
        row.add(file.error() == null ? "" : CsvCells.text(file.error()));
        csv.writeRecord(row);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
