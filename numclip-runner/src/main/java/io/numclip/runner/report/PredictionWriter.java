package io.numclip.runner.report;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.model.NumClipPredictor;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes predictions one by one, so that a folder of a million images needs no memory. */
public interface PredictionWriter extends AutoCloseable {

    void write(PredictedFile file) throws IOException;

    /** Writes what belongs at the end; leaves the stream open. */
    @Override
    void close() throws IOException;

    /**
     * Whose predictions are written.
     *
     * @param concepts in the order of the scale
     * @param thresholds that the uncertainty speaks of; null where the model is not calibrated
     */
    record Model(
            List<String> concepts, String unit, @Nullable List<Double> thresholds) {

        public static Model of(NumClipPredictor predictor, String unit) {
            Bins bins = predictor.model().bins();
            List<Double> edges = bins.list().stream().skip(1).map(Bin::lower).toList();
            return new Model(bins.concepts(), unit, predictor.calibration().isPresent() ? edges : null);
        }
    }

    /** The forms in which predictions are written. */
    enum Format {
        TEXT {
            @Override
            public PredictionWriter writer(Writer out, Model model) {
                return new TextPredictions(out, model.unit());
            }
        },
        JSON {
            @Override
            public PredictionWriter writer(Writer out, Model model) throws IOException {
                return new JsonPredictions(out);
            }
        },
        CSV {
            @Override
            public PredictionWriter writer(Writer out, Model model) {
                return new CsvPredictions(out, model);
            }
        };

        public abstract PredictionWriter writer(Writer out, Model model) throws IOException;
    }
}
