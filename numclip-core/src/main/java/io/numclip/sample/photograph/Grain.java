package io.numclip.sample.photograph;

import io.numclip.sample.SampleRandom;

/**
 * Film grain: the same random change of brightness for a block of pixels.
 *
 * @param strength largest change
 * @param cell width of a block in pixels; coarse grain survives downscaling
 * @param colourful whether each channel changes on its own, as in the noise of a digital camera
 */
public record Grain(double strength, int cell, boolean colourful, SampleRandom random) implements PixelFilter {

    @Override
    public void applyTo(PixelImage image) {
        for (int y = 0; y < image.height(); y += cell) {
            for (int x = 0; x < image.width(); x += cell) {
                float common = randomChange();
                for (int channel = 0; channel < PixelImage.CHANNELS; channel++) {
                    add(image, x, y, channel, colourful ? randomChange() : common);
                }
            }
        }
    }

    private float randomChange() {
        return (float) ((random.between(-1, 1) + random.between(-1, 1)) * strength / 2);
    }

    private void add(PixelImage image, int left, int top, int channel, float change) {
        for (int y = top; y < Math.min(image.height(), top + cell); y++) {
            for (int x = left; x < Math.min(image.width(), left + cell); x++) {
                image.set(x, y, channel, image.get(x, y, channel) + change);
            }
        }
    }
}
