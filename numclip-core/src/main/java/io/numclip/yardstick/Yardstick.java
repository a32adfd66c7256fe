package io.numclip.yardstick;

import io.numclip.data.Prediction;
import java.util.List;

/** Predicts numbers from features. */
public interface Yardstick {

    /** @param features (N, D) as those that it was fitted to */
    List<Prediction> predict(double[][] features);
}
