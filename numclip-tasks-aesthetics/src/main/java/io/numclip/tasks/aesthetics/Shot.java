package io.numclip.tasks.aesthetics;

import io.numclip.sample.SampleRandom;
import io.numclip.sample.photograph.Blur;
import io.numclip.sample.photograph.Colour;
import io.numclip.sample.photograph.ColourCast;
import io.numclip.sample.photograph.Crop;
import io.numclip.sample.photograph.Grain;
import io.numclip.sample.photograph.Photograph;
import io.numclip.sample.photograph.PixelFilter;
import io.numclip.sample.photograph.PixelImage;
import io.numclip.sample.photograph.Saturation;
import io.numclip.sample.photograph.Tone;
import io.numclip.sample.photograph.Vignette;
import java.util.List;

/**
 * One shot of a photograph: composition, lens, light, sensor and compression, in this order.
 *
 * @param quality 0 for the worst shot, 1 for the best
 */
record Shot(Photograph scene, double quality, SampleRandom random) {

    private static final double STRONGEST_TILT = 24;

    private static final List<Colour> CASTS = List.of(
            Colour.of(0.55, 1.1, 0.6), Colour.of(1.15, 0.6, 1.1), Colour.of(0.5, 0.8, 1.25), Colour.of(1.2, 0.95, 0.4));

    PixelImage take(int size) {
        Flaws flaws = Flaws.forQuality(quality, random);
        PixelImage image = new Composition(random.between(0, 1) * (1 - quality), random)
                .of(scene)
                .of(scene.pixels(), size);
        developed().forEach(filter -> filter.applyTo(image));
        PixelImage tilted = tilt(image, flaws.of(Flaw.TILT));
        spoiled(flaws).forEach(filter -> filter.applyTo(tilted));
        return tilted;
    }

    /** Good shots are sharp, with rich colours, clear contrast and slightly darker corners; poor ones look dull. */
    private List<PixelFilter> developed() {
        double dull = 1 - quality;
        return List.of(
                new Blur(0.9 * dull),
                new Saturation(1.3 - 0.9 * dull),
                new Tone(1.15 - 0.55 * dull, 0.1 * dull),
                new Grain(0.2 * dull, 1, false, random),
                new Vignette(0.4 * quality));
    }

    private PixelImage tilt(PixelImage image, double strength) {
        double degrees = STRONGEST_TILT * strength * (random.chance(0.5) ? 1 : -1);
        double middle = image.width() / 2.0;
        return strength == 0 ? image : new Crop(middle, middle, image.width(), degrees, false).of(image, image.width());
    }

    private List<PixelFilter> spoiled(Flaws flaws) {
        double noise = flaws.of(Flaw.NOISE);
        return List.of(
                new Clutter(flaws.of(Flaw.CLUTTER), random),
                new Blur(3.2 * flaws.of(Flaw.BLUR)),
                new ColourCast(Colour.WHITE.towards(random.pick(CASTS), flaws.of(Flaw.COLOUR_CAST))),
                new Exposure(flaws.of(Flaw.TOO_BRIGHT) - flaws.of(Flaw.TOO_DARK)),
                new Grain(0.4 * noise, 2, true, random),
                new Grain(0.3 * noise, 3, false, random),
                new Blocks(flaws.of(Flaw.BLOCKS)));
    }
}
