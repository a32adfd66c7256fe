package io.numclip.model;

import ai.djl.Device;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.Prediction;
import io.numclip.input.PixelBatch;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.HeldOutDistances;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Predicts numbers from the pixels of images: a network in this process, or a file that one was exported to. Thread-safe. */
public interface ImagePredictor extends AutoCloseable {

    ClipPreprocessor preprocessor();

    LabelScale scale();

    /** The number concepts. */
    Bins concepts();

    /** Empty where predictions carry no uncertainty. */
    Optional<Calibration> calibration();

    /** What strange images are told by; empty where they cannot be told. */
    Optional<HeldOutDistances> heldOut();

    /** With the features themselves; empty where they are not known, too. */
    default Optional<FamiliarImages> familiar() {
        return Optional.empty();
    }

    /** The settings, in JSON, that an exported file has of the finder of its regions. */
    default Optional<String> regions() {
        return Optional.empty();
    }

    /** Whether it has learned from no image, and says what words alone give. */
    default boolean isFromWords() {
        return false;
    }

    /** One that shares the weights, for images that have some attributes in common. */
    ImagePredictor calibrated(Calibration by, Map<String, String> common);

    /**
     * @param form of the batch's pixels: an index of its preprocessings
     * @return one for each image of the batch, with what its decoder says is damaged
     */
    List<Prediction> predict(PixelBatch batch, int form);

    TowerMemory memory();

    Device device();

    /** As {@link io.numclip.input.ImageWork#nativeThreads}. */
    int nativeThreads();

    @Override
    void close();
}
