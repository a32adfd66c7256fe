package io.numclip.sample.photograph;

/**
 * How much colour is left.
 *
 * @param amount 0 gives greys, 1 leaves the image, above 1 the colours glow
 */
public record Saturation(double amount) implements PixelFilter {

    @Override
    public void applyTo(PixelImage image) {
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                float grey = image.brightness(x, y);
                image.blend(x, y, new Colour(grey, grey, grey), (float) (1 - amount));
            }
        }
    }
}
