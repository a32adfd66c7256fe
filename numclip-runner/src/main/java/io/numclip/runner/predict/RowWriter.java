package io.numclip.runner.predict;

import io.numclip.data.Prediction;
import io.numclip.runner.inputs.InputImage;
import java.io.IOException;
import java.util.List;

/** Writes what was found in one image after another. */
interface RowWriter {

    /** @param predictions one of each model */
    void write(InputImage image, List<Prediction> predictions) throws IOException;
}
