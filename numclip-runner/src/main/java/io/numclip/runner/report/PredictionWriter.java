package io.numclip.runner.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Writes predictions one by one, so that a folder of a million images needs no memory. */
public interface PredictionWriter extends AutoCloseable {

    void write(PredictedFile file) throws IOException;

    /** Writes what belongs at the end; leaves the stream open. */
    @Override
    void close() throws IOException;

    /** The forms in which predictions are written. */
    enum Format {
        TEXT {
            @Override
            public PredictionWriter writer(Writer out, List<String> concepts, String unit) {
                return new TextPredictions(out, unit);
            }
        },
        JSON {
            @Override
            public PredictionWriter writer(Writer out, List<String> concepts, String unit) throws IOException {
                return new JsonPredictions(out);
            }
        },
        CSV {
            @Override
            public PredictionWriter writer(Writer out, List<String> concepts, String unit) {
                return new CsvPredictions(out, concepts);
            }
        };

        /** @param concepts of the model, in the order of the scale */
        public abstract PredictionWriter writer(Writer out, List<String> concepts, String unit) throws IOException;
    }
}
