package io.numclip.dataset;

import io.numclip.data.Split;
import io.numclip.storage.SeededHash;

/**
 * Splits the images where the data names no splits. An image's split depends only on the seed and the image's name, so
 * images added later never move the others, but for those that {@link RandomSplit} moves into an empty split.
 *
 * @param validation share of the images, between 0 and 1
 * @param test share of the images, between 0 and 1
 */
record SplitShares(long seed, double validation, double test) {

    private static final double TWO_TO_53 = 0x1p53;

    Split split(String name) {
        double place = place(name);
        if (place < test) {
            return Split.TEST;
        }
        return place < test + validation ? Split.VALIDATION : Split.TRAIN;
    }

    /** A number from 0 to 1; the numbers of different names are uniformly distributed. */
    double place(String name) {
        return (new SeededHash(seed).of(name) >>> 11) / TWO_TO_53;
    }
}
