package io.numclip.sample.photograph;

/**
 * Changes the contrast around the middle grey, then lightens the blacks.
 *
 * @param contrast 1 leaves the image unchanged, 0 makes it a uniform grey
 * @param black new brightness of black, 0 to 1
 */
public record Tone(double contrast, double black) implements PointFilter {

    @Override
    public float change(float value, int channel) {
        float stretched = Math.max(0, 0.5f + (value - 0.5f) * (float) contrast);
        return (float) black + stretched * (float) (1 - black);
    }
}
