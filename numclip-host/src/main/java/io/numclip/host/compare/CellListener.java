package io.numclip.host.compare;

import io.numclip.training.progress.TrainingListener;

/** Is told what the training of a comparison does. */
public interface CellListener extends TrainingListener {

    /** @param left how many trainings there are still to do, this one included */
    void begin(String name, int left);

    /**
     * A training has ended.
     *
     * @param left how many trainings there are still to do
     */
    void end(String result, int left);

    /** A sentence about the whole. */
    void say(String line);
}
