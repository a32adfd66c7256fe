package io.numclip.model;

import ai.djl.Device;
import io.numclip.clip.Precision;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.spi.FineHead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A trained model on disk: {@code model.safetensors} (what differs from the base CLIP, and the prototypes),
 * {@code numclip.json}, and copies of the CLIP's {@code config.json} and {@code preprocessor_config.json}.
 */
public final class ModelDirectory {

    /** Replaces whatever the directory held, all or nothing. */
    public static void write(Path directory, NumClipModel model, ModelDescription description) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Reads the description; parameters are read by {@link #predictor}.
     *
     * @throws io.numclip.data.NumClipException if there is no model, or it is of an unknown format
     */
    public static ModelDirectory open(Path directory) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    public Bins bins() {
        throw new UnsupportedOperationException("not yet");
    }

    public LabelScale scale() {
        throw new UnsupportedOperationException("not yet");
    }

    /** D, the width of the joint space: with the bins the context that a fine head's factory needs. */
    public int embedDim() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The reference of the base CLIP as the user wrote it at training. */
    public String baseReference() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Type and settings of the fine head, as {@link ModelDescription#fineHead}. */
    public Map<String, Object> fineHead() {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * @param base must have the fingerprint of the CLIP that the model was trained on
     * @param fineHead made from {@link #fineHead()}, not initialised
     * @throws io.numclip.data.NumClipException if the base or the head does not fit
     */
    public NumClipPredictor predictor(BaseModel base, FineHead fineHead, Device device, Precision precision)
            throws IOException {
        throw new UnsupportedOperationException("not yet");
    }
}
