package io.numclip.runner.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.numclip.data.Prediction;
import io.numclip.host.files.ExplanationRow;
import io.numclip.host.files.PredictionRow;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.PredictedModel;
import io.numclip.runner.inputs.InputImage;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A table: the image, a column for each field of each model, the error, what the user's list says, and damage. */
final class CsvRows implements RowWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writer out;
    private final CsvWriter csv;
    private final RowShape shape;
    private final Consumer<String> notices;
    private boolean told;

    /** @param notices told of the first field of a list that has no column */
    CsvRows(Writer out, RowShape shape, Consumer<String> notices) {
        this.out = out;
        this.csv = csv(out);
        this.shape = shape;
        this.notices = notices;
    }

    private static CsvWriter csv(Writer out) {
        return CsvWriter.builder().bufferSize(0).build(out);
    }

    static void header(Writer out, RowShape shape) {
        List<String> names = new ArrayList<>(List.of(PredictionRow.FILE));
        for (PredictedModel model : shape.models()) {
            String before = shape.isOneModel() ? "" : model.name() + ".";
            PredictionRow.columns(model).forEach(column -> names.add(before + column));
            if (shape.explained()) {
                ExplanationRow.columns(model).forEach(column -> names.add(before + column));
            }
        }
        names.add(PredictionRow.ERROR);
        shape.kept().forEach(column -> names.add(PredictionRow.INPUT + column));
        names.add(PredictionRow.DAMAGED); // last, for readers that count columns
        csv(out).writeRecord(names.stream().map(PlainText::cell).toList());
    }

    @Override
    public void write(InputImage image, List<Prediction> predictions) throws IOException {
        List<String> row = new ArrayList<>(List.of(PlainText.cell(image.name())));
        for (int i = 0; i < predictions.size(); i++) {
            PredictedModel model = shape.models().get(i);
            Prediction found = predictions.get(i);
            new PredictionRow(model, found).cells().forEach(cell -> row.add(text(cell)));
            if (shape.explained()) {
                new ExplanationRow(model, found.explanation()).cells().forEach(cell -> row.add(text(cell)));
            }
        }
        row.add(text(predictions.get(0).problem()));
        Map<String, Object> known = image.columns();
        for (String column : shape.kept()) {
            row.add(text(known.get(column)));
        }
        row.add(text(predictions.get(0).damage()));
        csv.writeRecord(row);
        out.flush();
        if (!told && !shape.kept().containsAll(known.keySet())) {
            told = true;
            notices.accept(PlainText.printable(image.name()) + ": has a field that the first image has not, "
                    + PlainText.printable(String.join(", ", known.keySet()))
                    + "; it has no column. JSON Lines (.jsonl) keep all fields");
        }
    }

    private static String text(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        return cell instanceof Number || cell instanceof Boolean ? cell.toString() : PlainText.cell(plain(cell));
    }

    /** Keeps as JSON what a field of the user's JSON has inside. */
    private static String plain(Object cell) {
        try {
            return cell instanceof String text ? text : JSON.writeValueAsString(cell);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("it was read as JSON", e);
        }
    }
}
