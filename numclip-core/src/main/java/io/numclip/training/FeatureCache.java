package io.numclip.training;

import io.numclip.clip.ClipBackbone;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.data.LabeledImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a frozen image tower made of a list of images, memory-mapped from a file whose name is a digest of the tower, the
 * preprocessor and the images. Safe for several processes at once.
 */
public final class FeatureCache {

    /** System property that names the folder of the cache. */
    public static final String DIRECTORY_PROPERTY = "numclip.cache";

    /** The folder named by {@value #DIRECTORY_PROPERTY}, else {@code .cache/numclip} in the user's home. */
    public static Path defaultDirectory() {
        throw new UnsupportedOperationException("not yet");
    }

    /** @param modelFingerprint changes when the tower's weights do, see {@code BaseModel} */
    public FeatureCache(Path directory, String modelFingerprint, ClipBackbone backbone, ClipPreprocessor preprocessor) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Features of the images, from the cache or else computed in batches. */
    public ImageFeatures features(List<LabeledImage> images, int batchSize, TrainingListener listener)
            throws IOException {
        throw new UnsupportedOperationException("not yet");
    }
}
