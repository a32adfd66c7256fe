package io.numclip.sample.photograph;

/**
 * Weakens or strengthens the colours.
 *
 * @param amount 0 gives greys, 1 leaves the image unchanged, above 1 the colours are stronger
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
