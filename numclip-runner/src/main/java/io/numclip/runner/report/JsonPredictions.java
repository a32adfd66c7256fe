package io.numclip.runner.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.Prediction;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;

/** An array with one object for each image, each on a line of its own. */
final class JsonPredictions implements PredictionWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writer out;
    private boolean first = true;

    JsonPredictions(Writer out) throws IOException {
        this.out = out;
        out.write("[");
    }

    @Override
    public void write(PredictedFile file) throws IOException {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("file", file.file());
        Prediction prediction = file.prediction();
        if (prediction == null) {
            row.put("error", file.error());
        } else {
            row.put("value", prediction.value());
            row.put("concepts", prediction.concepts());
            if (prediction.uncertainty() != null) {
                row.putAll(UncertaintyCells.json(prediction.uncertainty()));
            }
        }
        out.write(first ? "\n" : ",\n");
        out.write(JSON.writeValueAsString(row));
        out.flush();
        first = false;
    }

    @Override
    public void close() throws IOException {
        out.write("\n]\n");
        out.flush();
    }
}
