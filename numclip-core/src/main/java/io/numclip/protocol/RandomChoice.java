package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import java.util.Arrays;
import java.util.List;

/** A random sample of the training images, as if the data set had been collected smaller. */
public final class RandomChoice {

    private RandomChoice() {}

    /**
     * The choice depends on names and seed, not on the order of the list. A choice of more images contains every choice
     * of fewer.
     *
     * @param count how many to keep, at least 1; all if there are not more
     * @return the images that are kept, in the order given
     */
    public static List<LabeledImage> of(List<LabeledImage> images, int count, long seed) {
        if (count < 1) {
            throw new IllegalArgumentException("a choice needs at least 1 image; found " + count);
        }
        return Arrays.stream(new SeededOrder(seed).of(images))
                .limit(count)
                .sorted()
                .mapToObj(images::get)
                .toList();
    }
}
