package io.numclip.tasks.aesthetics;

import io.numclip.sample.SampleRandom;
import io.numclip.sample.photograph.Colour;
import io.numclip.sample.photograph.PixelFilter;
import io.numclip.sample.photograph.PixelImage;

/**
 * Things that got in front of the subject: blobs and poles.
 *
 * @param strength 0 for nothing in the way, 1 for a view that is half hidden
 */
record Clutter(double strength, SampleRandom random) implements PixelFilter {

    private static final int MOST_THINGS = 6;
    private static final Colour GREY = Colour.of(0.4, 0.4, 0.4);

    @Override
    public void applyTo(PixelImage image) {
        int things = (int) Math.ceil(MOST_THINGS * strength);
        for (int i = 0; i < things; i++) {
            addThing(image);
        }
    }

    private void addThing(PixelImage image) {
        Colour colour = Colour.of(random.between(0, 0.9), random.between(0, 0.9), random.between(0, 0.9))
                .towards(GREY, 0.4);
        double largest = image.width() * (0.06 + 0.12 * strength);
        double opacity = Math.min(1, 2.5 * strength);
        boolean pole = random.chance(0.3);
        double across = pole ? largest * 0.3 : largest * random.between(0.6, 1);
        double down = pole ? image.height() : largest * random.between(0.6, 1);
        double centerX = random.between(0, image.width());
        double centerY = random.between(0, image.height());
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                double right = (x + 0.5 - centerX) / across;
                double below = (y + 0.5 - centerY) / down;
                double inside = (1 - Math.sqrt(right * right + below * below)) * across;
                image.blend(x, y, colour, (float) Math.max(0, Math.min(opacity, inside)));
            }
        }
    }
}
