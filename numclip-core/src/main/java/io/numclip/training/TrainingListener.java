package io.numclip.training;

/** Told what happens during training, on the training thread. */
public interface TrainingListener {

    /** Hears nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /** The frozen image tower has read {@code done} of {@code total} images, whose features are kept from now on. */
    default void imagesEncoded(int done, int total) {}

    /** Training goes on after the given epoch of an earlier, interrupted run. */
    default void resumed(int lastEpoch) {}

    default void epochStarted(int epoch, int epochs, int batches) {}

    /**
     * @param batch counted from 1 within the epoch
     * @param loss the weighted sum for this batch
     * @param imagesPerSecond since the epoch began
     */
    default void batchFinished(int epoch, int batch, int batches, double loss, double imagesPerSecond) {}

    default void epochFinished(EpochResult result) {}

    /** An image could not be read and is left out. */
    default void imageSkipped(String name, String reason) {}

    /** Something went wrong that training can do without. */
    default void warning(String message) {}
}
