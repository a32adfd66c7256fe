package io.numclip.host;

import io.numclip.input.ImageWork;
import io.numclip.input.PixelPool;
import java.util.List;

/**
 * One image, decoded and brought to the size that its models take, in native memory. Closing gives the memory back, to be
 * used for another image.
 */
public final class Pixels implements ImageWork.Decoded {

    private final List<Integer> models;
    private final PixelPool.Image image;

    /** @param models indices of those that are to predict it */
    Pixels(List<Integer> models, PixelPool.Image image) {
        this.models = List.copyOf(models);
        this.image = image;
    }

    List<Integer> models() {
        return models;
    }

    PixelPool.Image image() {
        return image;
    }

    @Override
    public void close() {
        image.close();
    }
}
