package io.numclip.runner.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns {@code file,value}, then the probability of each concept, then {@code error}; of a calibrated model then
 * {@code lower,upper,set}, P(y ≥ k) for each lower edge k of a bin, {@code abstained} and {@code outOfRange}.
 */
final class CsvPredictions implements PredictionWriter {

    private final Writer out;
    private final CsvWriter csv;
    private final int concepts;
    private final @Nullable List<Double> thresholds;

    CsvPredictions(Writer out, PredictionWriter.Model model) {
        this.out = out;
        this.csv = CsvWriter.builder().bufferSize(0).build(out);
        this.concepts = model.concepts().size();
        this.thresholds = model.thresholds();
        List<String> header = new ArrayList<>(List.of("file", "value"));
        header.addAll(model.concepts().stream().map(CsvCells::text).toList());
        header.add("error");
        if (thresholds != null) {
            header.addAll(UncertaintyCells.header(thresholds));
        }
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
        if (thresholds != null) {
            Uncertainty uncertainty = prediction == null ? null : prediction.uncertainty();
            row.addAll(uncertainty == null ? UncertaintyCells.empty(thresholds) : UncertaintyCells.row(uncertainty));
        }
        csv.writeRecord(row);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
