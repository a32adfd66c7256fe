package io.numclip.runner.predict;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.Prediction;
import io.numclip.host.files.PredictionRow;
import io.numclip.runner.inputs.InputImage;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object of JSON for each image, each on a line of its own. */
final class JsonRows implements RowWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writer out;
    private final RowShape shape;

    JsonRows(Writer out, RowShape shape) {
        this.out = out;
        this.shape = shape;
    }

    @Override
    public void write(InputImage image, List<Prediction> predictions) throws IOException {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(PredictionRow.FILE, image.name());
        String problem = predictions.get(0).problem();
        if (shape.isOneModel()) {
            row.putAll(fields(predictions, 0));
        } else if (problem != null) {
            row.put(PredictionRow.ERROR, problem);
        } else {
            List<Map<String, Object>> each = new ArrayList<>();
            for (int i = 0; i < predictions.size(); i++) {
                each.add(fields(predictions, i));
            }
            row.put("predictions", each);
        }
        if (!image.columns().isEmpty()) {
            row.put("in", image.columns());
        }
        out.write(JSON.writeValueAsString(row) + "\n");
        out.flush();
    }

    private Map<String, Object> fields(List<Prediction> predictions, int model) {
        return new PredictionRow(shape.models().get(model), predictions.get(model)).fields();
    }
}
