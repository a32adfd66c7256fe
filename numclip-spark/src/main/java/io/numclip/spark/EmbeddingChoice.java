package io.numclip.spark;

import io.numclip.clip.Precision;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.StoredWeights;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.run.ClipEmbeddings;
import io.numclip.image.Background;
import java.io.IOException;

/**
 * The image tower of a CLIP.
 *
 * @param clip {@code embedded}, {@code pixels}, or a Hugging Face directory at the same path on every machine, or shipped with
 *     {@code --archives}
 * @param fingerprint SHA-256 that it must have everywhere, as {@link ModelSource#fingerprint}
 * @param precision not {@code auto}: every machine computes in the same way
 */
record EmbeddingChoice(String clip, String fingerprint, String device, Precision precision) implements ModelChoice {

    /** @throws NumClipException if there is no CLIP here */
    static String fingerprintOf(String clip) throws IOException {
        return StoredWeights.fingerprint(source(clip).directory());
    }

    static ModelSource source(String clip) {
        return ModelSource.parse(
                ModelSource.isShipped(clip) ? clip : ModelFiles.find(clip).toString());
    }

    @Override
    public ImageModel open() throws IOException {
        String found = fingerprintOf(clip);
        if (!found.equals(fingerprint)) {
            throw new NumClipException(
                    Kind.DATA,
                    clip + ": another CLIP than expected\nexpected SHA-256 " + fingerprint + "\nfound SHA-256    "
                            + found,
                    "give every machine the same folder");
        }
        return new EmbeddingModel(
                ClipEmbeddings.openForImages(source(clip).reference(), device, precision, Background.NONE));
    }
}
