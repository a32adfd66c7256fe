package io.numclip.evaluation;

/**
 * How often and from which seed images are drawn again. Equal settings on equally many images draw the same images, for
 * every model.
 *
 * @param resamples how many bootstrap samples make an interval
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
