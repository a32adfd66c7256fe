package io.numclip.runner.predict;

import io.numclip.data.Explanation;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.PredictedModel;
import io.numclip.runner.inputs.InputImage;
import io.numclip.runner.report.Pictures;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rows for people: a line for each image; with several models the image, and below it a line for each of them. */
final class TextRows implements RowWriter {

    private final Writer out;
    private final RowShape shape;

    TextRows(Writer out, RowShape shape) {
        this.out = out;
        this.shape = shape;
    }

    @Override
    public void write(InputImage image, List<Prediction> predictions) throws IOException {
        String problem = predictions.get(0).problem();
        String damage = predictions.get(0).damage();
        out.write(PlainText.printable(image.shown()));
        if (problem != null) {
            out.write("  error: " + PlainText.printable(problem) + "\n");
        } else if (shape.isOneModel()) {
            out.write("  " + text(shape.models().get(0), predictions.get(0)) + "\n");
            explain(image, 0, predictions.get(0));
        } else {
            out.write("\n");
            for (int i = 0; i < predictions.size(); i++) {
                PredictedModel model = shape.models().get(i);
                out.write("  " + PlainText.printable(model.name()) + ": " + text(model, predictions.get(i)) + "\n");
                explain(image, i, predictions.get(i));
            }
        }
        if (damage != null) {
            out.write("    damaged: " + PlainText.printable(damage) + "\n");
        }
        out.flush();
    }

    private void explain(InputImage image, int model, Prediction prediction) throws IOException {
        Explanation explanation = prediction.explanation();
        if (explanation != null) {
            out.write(ExplanationText.region(image.region(), shape.margins().get(model)));
            out.write(ExplanationText.of(
                    explanation, prediction, shape.models().get(model).scale()));
        }
    }

    private static String text(PredictedModel model, Prediction prediction) {
        return PlainText.quantity(PlainText.number(prediction.value(), model.scale()), model.unit())
                + uncertainty(model, prediction)
                + (prediction.isStrange() ? ", strange: unlike the training images" : "") + "  ("
                + Pictures.concepts(prediction) + ")";
    }

    /** Such as {@code , 29.10 to 39.80 (90 %), young adult or middle adult}; empty if it is not known. */
    private static String uncertainty(PredictedModel model, Prediction prediction) {
        Uncertainty uncertainty = prediction.uncertainty();
        if (uncertainty == null) {
            return "";
        }
        Uncertainty.Interval interval = uncertainty.interval();
        return ", " + PlainText.between(interval.lower(), interval.upper(), model.scale())
                + String.format(Locale.ROOT, " (%.0f %%), ", 100 * uncertainty.coverage())
                + String.join(" or ", uncertainty.concepts())
                + (uncertainty.abstained() ? ", abstained: the interval is too wide" : "")
                + (uncertainty.outOfRange() ? ", outside the range of the training labels" : "")
                + uncertainty.decisions().stream()
                        .map(decision -> (decision.called() ? ", treat as " : ", not ") + decision.cut())
                        .collect(Collectors.joining())
                + (uncertainty.fromWords() ? ", " + Uncertainty.FROM_WORDS : "");
    }
}
