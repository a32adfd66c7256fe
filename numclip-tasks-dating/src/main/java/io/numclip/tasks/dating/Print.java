package io.numclip.tasks.dating;

import io.numclip.sample.SampleRandom;
import io.numclip.sample.photograph.Blur;
import io.numclip.sample.photograph.Colour;
import io.numclip.sample.photograph.ColourCast;
import io.numclip.sample.photograph.Grain;
import io.numclip.sample.photograph.PixelFilter;
import io.numclip.sample.photograph.PixelImage;
import io.numclip.sample.photograph.Saturation;
import io.numclip.sample.photograph.Tone;
import io.numclip.sample.photograph.Vignette;
import java.util.List;

/** Gives an image the looks of a print of its year: camera, film, ageing and paper, in this order. */
record Print(double year, SampleRandom random) implements PixelFilter {

    private static final Colour CYAN = Colour.of(0.74, 1.02, 1.06);

    @Override
    public void applyTo(PixelImage image) {
        camera().forEach(filter -> filter.applyTo(image));
        film().forEach(filter -> filter.applyTo(image));
        ageing().forEach(filter -> filter.applyTo(image));
        paper().applyTo(image);
    }

    private List<PixelFilter> camera() {
        return List.of(new Blur(amount(Trait.SOFTNESS)), new Vignette(amount(Trait.VIGNETTE)));
    }

    private List<PixelFilter> film() {
        return List.of(
                new Saturation(amount(Trait.COLOUR)),
                new ColourCast(Colour.WHITE.towards(CYAN, amount(Trait.CYAN))),
                new Tone(amount(Trait.CONTRAST), 0),
                new Grain(amount(Trait.GRAIN), 1, false, random),
                new Grain(amount(Trait.GRAIN), 2, false, random));
    }

    private List<PixelFilter> ageing() {
        return List.of(
                new Sepia(amount(Trait.SEPIA)),
                new FadedDyes(amount(Trait.FADE)),
                new Tone(1, amount(Trait.LIGHT_BLACK)),
                new Scratches((int) Math.round(amount(Trait.SCRATCHES)), random));
    }

    private Paper paper() {
        return new Paper(
                amount(Trait.BORDER),
                amount(Trait.DECKLE),
                amount(Trait.ROUNDED),
                Paper.WHITE.towards(Paper.CREAM, amount(Trait.CREAM)),
                random);
    }

    /** Prints of one year vary by a tenth around the trait of the year. */
    private double amount(Trait trait) {
        return trait.in(year) * random.between(0.9, 1.1);
    }
}
