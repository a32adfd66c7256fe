package io.numclip.tasks.aesthetics;

import io.numclip.sample.photograph.PointFilter;

/**
 * Too little or too much light.
 *
 * @param excess -1 for nearly black, 0 for right, 1 for burnt out
 */
record Exposure(double excess) implements PointFilter {

    private static final double DARKEST = 0.8;
    private static final double GAIN = 0.5;
    private static final double VEIL = 0.55;

    @Override
    public float change(float value, int channel) {
        if (excess < 0) {
            return value * (float) (1 + DARKEST * excess);
        }
        float brighter = Math.min(1, value * (float) (1 + GAIN * excess));
        return brighter + (1 - brighter) * (float) (VEIL * excess);
    }
}
