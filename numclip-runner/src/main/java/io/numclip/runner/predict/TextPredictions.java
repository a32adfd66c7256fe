package io.numclip.runner.predict;

import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.host.run.PlainText;
import io.numclip.runner.report.Pictures;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** A line for each image, for people. */
final class TextPredictions implements PredictionWriter {

    private final Writer out;
    private final String unit;

    TextPredictions(Writer out, String unit) {
        this.out = out;
        this.unit = unit;
    }

    @Override
    public void write(String file, Prediction prediction) throws IOException {
        String problem = prediction.problem();
        out.write(PlainText.printable(file) + "  "
                + (problem == null ? text(prediction) : "error: " + PlainText.printable(problem)));
        out.write("\n");
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }

    private String text(Prediction prediction) {
        return PlainText.number(prediction.value()) + " " + unit + uncertainty(prediction)
                + (prediction.isStrange() ? ", strange: unlike the training images" : "") + "  ("
                + Pictures.concepts(prediction) + ")";
    }

    /** Such as {@code , 29.10 to 39.80 (90 %), young adult or middle adult}; empty if it is not known. */
    private static String uncertainty(Prediction prediction) {
        Uncertainty uncertainty = prediction.uncertainty();
        if (uncertainty == null) {
            return "";
        }
        return ", " + PlainText.number(uncertainty.interval().lower()) + " to "
                + PlainText.number(uncertainty.interval().upper())
                + String.format(Locale.ROOT, " (%.0f %%), ", 100 * uncertainty.coverage())
                + String.join(" or ", uncertainty.concepts())
                + (uncertainty.abstained() ? ", abstained: the interval is too wide" : "")
                + (uncertainty.outOfRange() ? ", outside the range of the training labels" : "");
    }
}
