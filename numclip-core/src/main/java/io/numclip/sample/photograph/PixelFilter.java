package io.numclip.sample.photograph;

/** Changes the looks of an image in place. */
@FunctionalInterface
public interface PixelFilter {

    void applyTo(PixelImage image);
}
