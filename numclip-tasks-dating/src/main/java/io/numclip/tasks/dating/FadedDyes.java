package io.numclip.tasks.dating;

import io.numclip.sample.photograph.Colour;
import io.numclip.sample.photograph.PointFilter;

/**
 * Cyan and yellow dyes that faded: dark parts turn magenta, light parts orange.
 *
 * @param strength 0 for a fresh print, 1 for a strongly faded one
 */
record FadedDyes(double strength) implements PointFilter {

    private static final Colour DARKEST = Colour.of(0.22, 0.06, 0.1);
    private static final Colour LIGHTEST = Colour.of(1.04, 0.84, 0.62);

    @Override
    public float change(float value, int channel) {
        float dark = DARKEST.get(channel);
        float faded = dark + value * (LIGHTEST.get(channel) - dark);
        return value + (faded - value) * (float) strength;
    }
}
