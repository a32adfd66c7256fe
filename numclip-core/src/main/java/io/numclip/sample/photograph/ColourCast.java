package io.numclip.sample.photograph;

/**
 * Multiplies each channel.
 *
 * @param factors {@link Colour#WHITE} leaves the image
 */
public record ColourCast(Colour factors) implements PointFilter {

    @Override
    public float change(float value, int channel) {
        return value * factors.get(channel);
    }
}
