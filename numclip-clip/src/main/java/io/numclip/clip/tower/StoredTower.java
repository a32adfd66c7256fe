package io.numclip.clip.tower;

import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.clip.directory.StoredWeights;
import io.numclip.clip.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the weights of a tower or of a whole CLIP lie.
 *
 * @param overrides a safetensors file; the weights that it contains replace those of the directory, and low-rank changes are
 *     added to them
 */
record StoredTower(ClipDirectory clip, @Nullable Path overrides) {

    /** Does something with the weights, to which {@code changes} are to be added. */
    interface Use<T> {
        T of(ClipWeights.Source source, @Nullable Safetensors changes) throws IOException;
    }

    /** Opens the files for as long as they are used. */
    <T> T open(Use<T> use) throws IOException {
        try (StoredWeights weights = StoredWeights.open(clip);
                Safetensors others = overrides == null ? null : Safetensors.open(overrides)) {
            return use.of(
                    (owner, name, shape) -> others != null && others.has(name, shape)
                            ? others.array(name, owner)
                            : weights.read(owner, name, shape),
                    others);
        }
    }
}
