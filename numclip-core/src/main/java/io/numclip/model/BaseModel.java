package io.numclip.model;

import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.StoredWeights;
import io.numclip.clip.tower.FeatureLayout;
import io.numclip.storage.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The CLIP that a trained model is built on.
 *
 * @param reference as the user named it: {@code embedded}, {@code pixels}, or a directory
 * @param fingerprint SHA-256 over {@code config.json} and {@code model.safetensors}
 * @param directory the Hugging Face CLIP directory
 */
public record BaseModel(String reference, String fingerprint, Path directory) {

    /** @throws IOException if the directory is not available or cannot be read */
    public static BaseModel of(ModelSource source) throws IOException {
        Path directory = source.directory();
        return new BaseModel(source.reference(), StoredWeights.fingerprint(directory), directory);
    }

    /** The same with the fingerprint that its files have, whatever is remembered of them. */
    BaseModel readAgain() throws IOException {
        return new BaseModel(reference, StoredWeights.fingerprintAgain(directory), directory);
    }

    /** The same where it gives such rows; usual ones are no change. */
    public BaseModel giving(FeatureLayout layout) {
        return layout.hasMore() ? changedBy("features " + layout) : this;
    }

    /** The same with changed weights: whoever knows a base by its fingerprint knows it apart. */
    public BaseModel changedBy(String change) {
        return new BaseModel(
                reference, new Fingerprint().add(fingerprint).add(change).hex(), directory);
    }
}
