package io.numclip.dataset;

import io.numclip.data.Split;
import io.numclip.storage.SeededHash;

/**
 * Deals images to splits where the data names none. Each image's split depends on the seed and its name alone, so that
 * images added later never move the others.
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

    /** Between 0 and 1, evenly spread over names. */
    double place(String name) {
        return (new SeededHash(seed).of(name) >>> 11) / TWO_TO_53;
    }
}
