package io.numclip.sample.photograph;

/** Changes the look of an image, in place. */
@FunctionalInterface
public interface PixelFilter {

    void applyTo(PixelImage image);
}
