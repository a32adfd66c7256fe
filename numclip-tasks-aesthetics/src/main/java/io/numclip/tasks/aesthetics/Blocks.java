package io.numclip.tasks.aesthetics;

import io.numclip.sample.photograph.PixelFilter;
import io.numclip.sample.photograph.PixelImage;

/**
 * Square blocks, as from too strong compression.
 *
 * @param strength 0 leaves the image, 1 leaves one colour per block
 */
record Blocks(double strength) implements PixelFilter {

    private static final int SIDE = 8;

    @Override
    public void applyTo(PixelImage image) {
        if (strength == 0) {
            return;
        }
        for (int top = 0; top < image.height(); top += SIDE) {
            for (int left = 0; left < image.width(); left += SIDE) {
                for (int channel = 0; channel < PixelImage.CHANNELS; channel++) {
                    flatten(image, left, top, channel);
                }
            }
        }
    }

    private void flatten(PixelImage image, int left, int top, int channel) {
        int right = Math.min(image.width(), left + SIDE);
        int bottom = Math.min(image.height(), top + SIDE);
        float sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += image.get(x, y, channel);
            }
        }
        float mean = sum / ((right - left) * (bottom - top));
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                float value = image.get(x, y, channel);
                image.set(x, y, channel, value + (mean - value) * (float) strength);
            }
        }
    }
}
