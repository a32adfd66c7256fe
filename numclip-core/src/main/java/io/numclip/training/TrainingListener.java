package io.numclip.training;

import io.numclip.features.FeatureCache;
import java.util.List;

/** Told what happens during training, on the training thread. */
public interface TrainingListener extends FeatureCache.Listener {

    /** Ignores everything. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * Training resumes where an earlier process was interrupted.
     *
     * @param earlier the epochs that it has finished, at least one
     */
    default void resumed(List<EpochResult> earlier) {}

    /** Simple predictors, to compare with, learn from the images. */
    default void yardsticksStarted() {}

    default void epochStarted(int epoch, int epochs, int batches) {}

    /**
     * @param batch counted from 1 within the epoch
     * @param loss the weighted sum for this batch
     * @param imagesPerSecond since the epoch began
     */
    default void batchFinished(int epoch, int batch, int batches, double loss, double imagesPerSecond) {}

    default void epochFinished(EpochResult result) {}

    /** An image could not be read and is skipped. */
    @Override
    default void imageSkipped(String name, String reason) {}

    /** A problem that does not stop training. */
    @Override
    default void warning(String message) {}
}
