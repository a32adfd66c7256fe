package io.numclip.evaluation;

/**
 * How often images are resampled, and from which seed. For the same number of images, equal settings choose the same
 * images for every model.
 *
 * @param resamples number of bootstrap samples per interval
 */
public record Resampling(int resamples, long seed) {

    private static final int DEFAULT_RESAMPLES = 1_000;

    public Resampling {
        if (resamples < 1) {
            throw new IllegalArgumentException("at least 1 resample is needed; found " + resamples);
        }
    }

    public static Resampling defaults() {
        return new Resampling(DEFAULT_RESAMPLES, 1);
    }
}
