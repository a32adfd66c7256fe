package io.numclip.clip;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** Image to normalised pixels, as {@code preprocessor_config.json} says. */
public final class ClipPreprocessor {

    public static ClipPreprocessor load(Path directory) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** @return 3·H·W values, channel by channel, row by row */
    public float[] pixels(BufferedImage image) {
        throw new UnsupportedOperationException("not yet");
    }

    public int height() {
        throw new UnsupportedOperationException("not yet");
    }

    public int width() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Text that changes when the pixels for an image would. */
    public String fingerprint() {
        throw new UnsupportedOperationException("not yet");
    }
}
