package io.numclip.sample.photograph;

/**
 * Contrast about the middle grey, then a lighter black.
 *
 * @param contrast 1 leaves the image, 0 makes it grey
 * @param black brightness of what was black, 0 to 1
 */
public record Tone(double contrast, double black) implements PointFilter {

    @Override
    public float change(float value, int channel) {
        float stretched = Math.max(0, 0.5f + (value - 0.5f) * (float) contrast);
        return (float) black + stretched * (float) (1 - black);
    }
}
