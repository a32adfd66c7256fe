package io.numclip.sample;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;

/**
 * Draws any number of labelled images. The worlds of the three splits share no image and, where photographs are used,
 * no source photograph.
 */
@FunctionalInterface
public interface SampleWorld {

    /**
     * @param split which of the three disjoint worlds
     * @param index 0, 1, 2, …; the labels of consecutive indices cover the scale evenly
     * @param seed another seed gives another world
     * @return the same image for the same three arguments, on every machine
     */
    LabeledImage draw(Split split, int index, long seed);
}
