package io.numclip.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** Reads JPEG and PNG files into upright RGB images. */
public final class ImageDecoder {

    private ImageDecoder() {}

    public static BufferedImage decode(Path file) throws IOException {
        throw new UnsupportedOperationException("not yet: " + file);
    }
}
