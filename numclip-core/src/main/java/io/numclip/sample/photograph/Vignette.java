package io.numclip.sample.photograph;

/**
 * Darkens towards the corners.
 *
 * @param strength 0 leaves the image unchanged, 1 makes the corners black
 */
public record Vignette(double strength) implements PixelFilter {

    @Override
    public void applyTo(PixelImage image) {
        for (int y = 0; y < image.height(); y++) {
            float down = 2f * (y + 0.5f) / image.height() - 1;
            for (int x = 0; x < image.width(); x++) {
                float across = 2f * (x + 0.5f) / image.width() - 1;
                float distance = (across * across + down * down) / 2;
                image.blend(x, y, Colour.BLACK, (float) strength * distance);
            }
        }
    }
}
