package io.numclip.data;

import java.nio.charset.StandardCharsets;

/**
 * Deals images to splits where the data names none. Each image's split depends on the seed and its name alone, so that
 * images added later never move the others.
 *
 * @param validation share of the images, between 0 and 1
 * @param test share of the images, between 0 and 1
 */
record SplitShares(long seed, double validation, double test) {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
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
        return (mixed(hash(name)) >>> 11) / TWO_TO_53;
    }

    private long hash(String name) {
        long hash = FNV_OFFSET ^ mixed(seed);
        for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (letter & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    /** The finisher of SplitMix64: each bit of the input reaches all bits of the result. */
    private static long mixed(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
