package io.numclip.server.work;

import io.numclip.data.Prediction;
import java.util.List;

/** Told what the work takes; called by several threads. */
public interface WorkListener {

    void decoded(double seconds, boolean readable);

    /** @param predictions for each image one of each model */
    void predicted(double seconds, List<List<Prediction>> predictions);
}
