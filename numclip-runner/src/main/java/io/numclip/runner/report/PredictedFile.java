package io.numclip.runner.report;

import io.numclip.data.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * What became of one file: a prediction, or the reason why there is none.
 *
 * @param file as the user named it
 */
public record PredictedFile(
        String file,
        @Nullable Prediction prediction,
        @Nullable String error) {

    public PredictedFile {
        if ((prediction == null) == (error == null)) {
            throw new IllegalArgumentException(file + " needs either a prediction or an error");
        }
    }

    public static PredictedFile of(String file, Prediction prediction) {
        return new PredictedFile(file, prediction, null);
    }

    public static PredictedFile failed(String file, String error) {
        return new PredictedFile(file, null, error);
    }
}
