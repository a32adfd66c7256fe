package io.numclip.tasks.dating;

import io.numclip.sample.SampleRandom;
import io.numclip.sample.photograph.Colour;
import io.numclip.sample.photograph.PixelFilter;
import io.numclip.sample.photograph.PixelImage;

/** Thin upright scratches that lean a little. */
record Scratches(int count, SampleRandom random) implements PixelFilter {

    @Override
    public void applyTo(PixelImage image) {
        for (int i = 0; i < count; i++) {
            scratch(image);
        }
    }

    private void scratch(PixelImage image) {
        double x = random.between(0, image.width());
        double lean = random.between(-0.2, 0.2);
        int top = random.whole(0, image.height() / 2);
        int bottom = top + random.whole(image.height() / 4, image.height() / 2);
        float strength = (float) random.between(0.25, 0.6);
        Colour colour = random.chance(0.7) ? Colour.WHITE : Colour.BLACK;
        for (int y = top; y < Math.min(bottom, image.height()); y++) {
            int place = (int) (x + lean * (y - top));
            if (place >= 0 && place < image.width()) {
                image.blend(place, y, colour, strength);
            }
        }
    }
}
