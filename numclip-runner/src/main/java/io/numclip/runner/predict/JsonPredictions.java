package io.numclip.runner.predict;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.Familiarity;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
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
    public void write(String file, Prediction prediction) throws IOException {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("file", file);
        if (prediction.isFailed()) {
            row.put("error", prediction.problem());
        } else {
            row.put("value", prediction.value());
            row.put("concepts", prediction.concepts());
            if (prediction.uncertainty() != null) {
                row.putAll(uncertainty(prediction.uncertainty()));
            }
            Familiarity familiarity = prediction.familiarity();
            if (familiarity != null) {
                row.put("familiarity", familiarity.chance());
                row.put("strange", familiarity.strange());
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

    private static Map<String, Object> uncertainty(Uncertainty uncertainty) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lower", uncertainty.interval().lower());
        json.put("upper", uncertainty.interval().upper());
        json.put("coverage", uncertainty.coverage());
        json.put("set", uncertainty.concepts());
        json.put("atLeast", uncertainty.atLeast());
        json.put("abstained", uncertainty.abstained());
        json.put("outOfRange", uncertainty.outOfRange());
        return json;
    }
}
