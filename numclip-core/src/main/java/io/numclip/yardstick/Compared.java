package io.numclip.yardstick;

/**
 * What somebody said of two images.
 *
 * @param image its place
 * @param other that of the other one
 * @param share 1: the image is more; 0: the other one; 0.5: neither
 */
public record Compared(int image, int other, double share) {

    public static final double EQUAL = 0.5;

    public Compared {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is from 0 to 1; found " + share);
        }
    }

    /** Whether neither is more. */
    public boolean isEqual() {
        return share == EQUAL;
    }
}
