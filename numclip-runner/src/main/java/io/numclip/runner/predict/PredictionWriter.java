package io.numclip.runner.predict;

import io.numclip.data.Bin;
import io.numclip.data.Prediction;
import io.numclip.host.NumClip;
import io.numclip.host.run.PredictionsFile;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes predictions one by one, so that memory does not grow with the number of images. */
public interface PredictionWriter extends AutoCloseable {

    /** @param file as the user named it */
    void write(String file, Prediction prediction) throws IOException;

    /** Writes what belongs at the end; leaves the stream open. */
    @Override
    void close() throws IOException;

    /**
     * The model whose predictions are written.
     *
     * @param concepts in the order of the scale
     * @param thresholds of the uncertainty; null if the model is not calibrated
     * @param familiarity whether the model tells strange images
     */
    record Model(
            List<String> concepts, String unit, @Nullable List<Double> thresholds, boolean familiarity) {

        public static Model of(NumClip model) {
            List<Double> edges =
                    model.bins().list().stream().skip(1).map(Bin::lower).toList();
            return new Model(
                    model.bins().concepts(),
                    model.scale().unit(),
                    model.isCalibrated() ? edges : null,
                    model.familiar().isPresent());
        }
    }

    /** The formats in which predictions are written. */
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
                PredictionsFile file =
                        PredictionsFile.begin(out, model.concepts(), model.thresholds(), model.familiarity());
                return new PredictionWriter() {
                    @Override
                    public void write(String name, Prediction prediction) throws IOException {
                        file.write(name, prediction);
                    }

                    @Override
                    public void close() throws IOException {
                        out.flush();
                    }
                };
            }
        };

        public abstract PredictionWriter writer(Writer out, Model model) throws IOException;
    }
}
