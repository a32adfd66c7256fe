package io.numclip.tasks.dating;

import io.numclip.sample.photograph.Colour;
import io.numclip.sample.photograph.PixelFilter;
import io.numclip.sample.photograph.PixelImage;

/**
 * Brown toning of a silver print.
 *
 * @param strength 0 leaves the image, 1 leaves only brown
 */
record Sepia(double strength) implements PixelFilter {

    private static final float RED = 1.08f;
    private static final float GREEN = 0.9f;
    private static final float BLUE = 0.64f;

    @Override
    public void applyTo(PixelImage image) {
        float share = (float) Math.min(1, strength);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                float grey = image.brightness(x, y);
                image.blend(x, y, new Colour(grey * RED, grey * GREEN, grey * BLUE), share);
            }
        }
    }
}
