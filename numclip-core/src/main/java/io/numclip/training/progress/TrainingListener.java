package io.numclip.training.progress;

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

    /**
     * Images are learned again, from the start; what is told of epochs from here on is of this training.
     *
     * @param images in words, such as {@code all 150 images}
     */
    default void learnsAgain(String images) {}

    /** Simple predictors, to compare with, learn from the images. */
    default void yardsticksStarted() {}

    /**
     * What an image tower that learns needs beside Java's heap; an estimate.
     *
     * @param bytes with so many images at a time
     * @param wantedBytes with as many as were wanted
     * @param images that go through the tower at a time
     * @param wanted images: a whole batch, or what the configuration says
     * @param free bytes that the machine, or its container, has for it
     */
    record MemoryPlan(long bytes, long wantedBytes, int images, int wanted, long free) {}

    /** Before the first epoch of a training of the image tower. */
    default void memoryPlanned(MemoryPlan plan) {}

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

    /** An image is used, though its decoder says that the file is damaged. */
    @Override
    default void imageDamaged(String name, String words) {}

    /** A problem that does not stop training. */
    @Override
    default void warning(String message) {}
}
