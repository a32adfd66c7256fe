package io.numclip.runner.report;

import io.numclip.data.Prediction;
import io.numclip.runner.Console;
import java.io.IOException;
import java.io.Writer;

/** A line for each image, for people. */
final class TextPredictions implements PredictionWriter {

    private final Writer out;
    private final String unit;

    TextPredictions(Writer out, String unit) {
        this.out = out;
        this.unit = unit;
    }

    @Override
    public void write(PredictedFile file) throws IOException {
        String name = Console.printable(file.file());
        Prediction prediction = file.prediction();
        out.write(
                prediction == null
                        ? name + "  error: " + Console.printable(String.valueOf(file.error()))
                        : name + "  " + Pictures.number(prediction.value()) + " " + unit
                                + UncertaintyCells.text(prediction) + "  ("
                                + Pictures.concepts(prediction) + ")");
        out.write("\n");
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
