package io.numclip.dataset;

import io.numclip.image.ImageDecoder;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Sizes of upright pictures; that of the last one is kept, as lists name the regions of a picture one after the other. */
final class PictureSizes {

    private @Nullable Path last;
    private Dimension size = new Dimension();

    Dimension of(Path file) throws IOException {
        if (!file.equals(last)) {
            last = null;
            size = ImageDecoder.size(file);
            last = file;
        }
        return size;
    }
}
