package io.numclip.sample.photograph;

/**
 * Multiplies each channel by a factor.
 *
 * @param factors {@link Colour#WHITE} leaves the image unchanged
 */
public record ColourCast(Colour factors) implements PointFilter {

    @Override
    public float change(float value, int channel) {
        return value * factors.get(channel);
    }
}
