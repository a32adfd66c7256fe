package io.numclip.sample;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;

/**
 * Draws labelled images without end. The worlds of the three splits share no image, and no source photograph where
 * photographs are used.
 */
@FunctionalInterface
public interface SampleWorld {

    /**
     * @param split which of the three disjoint worlds
     * @param index 0, 1, 2, …: labels of consecutive indices cover the scale evenly
     * @param seed another seed gives another world
     * @return the same image for the same three arguments, on every machine
     */
    LabeledImage draw(Split split, int index, long seed);
}
