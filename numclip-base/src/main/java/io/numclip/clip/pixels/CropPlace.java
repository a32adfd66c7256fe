package io.numclip.clip.pixels;

/**
 * Where the crop lies in the resized image: shares of the positions from the top and from the left, above 0 and at most
 * 1. With shares drawn uniformly, every position is equally likely.
 */
public record CropPlace(double down, double across) {

    public static final CropPlace CENTER = new CropPlace(0.5, 0.5);

    public CropPlace {
        if (!(down > 0 && down <= 1 && across > 0 && across <= 1)) {
            throw new IllegalArgumentException(
                    "shares of a crop must be above 0 and at most 1; found " + down + " and " + across);
        }
    }

    /** @return first of {@code cropped} pixels among at least as many {@code resized} ones */
    static int start(double share, int resized, int cropped) {
        return (int) Math.ceil(share * (resized - cropped + 1)) - 1;
    }
}
