package io.numclip.tasks.dating;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.sample.DrawnImage;
import io.numclip.sample.SampleKey;
import io.numclip.sample.SampleRandom;
import io.numclip.sample.SampleWorld;
import io.numclip.sample.Unseen;
import io.numclip.sample.photograph.Crop;
import io.numclip.sample.photograph.Photograph;
import io.numclip.sample.photograph.Photographs;
import io.numclip.sample.photograph.PixelImage;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/**
 * Photographs printed with the looks of a year. Prints of one year differ: each looks up to a few years older or
 * younger than it is, so that no one can date it exactly.
 */
public final class DatingSamples implements SampleWorld {

    static final int FIRST_YEAR = 1930;
    static final int LAST_YEAR = 1979;

    static final Bins CONCEPTS = new Bins(List.of(
            new Bin("nineteen thirties", 1930, 1940, 1935),
            new Bin("nineteen forties", 1940, 1950, 1945),
            new Bin("nineteen fifties", 1950, 1960, 1955),
            new Bin("nineteen sixties", 1960, 1970, 1965),
            new Bin("nineteen seventies", 1970, 1979, 1975)));

    private static final String WORLD = "dating-3";
    private static final double YEARS_OFF = 0.7;

    private final Photographs photographs = Photographs.load();

    @Override
    public LabeledImage draw(Split split, int index, long seed) {
        SampleKey key = new SampleKey(WORLD, split, index, seed);
        int year = FIRST_YEAR + (int) (key.spread() * (LAST_YEAR - FIRST_YEAR + 1));
        Photograph photograph = photographs.of(key);
        String caption = DatingCaptions.caption(photograph.subject(), concept(year), key.random("caption"));
        return new LabeledImage(
                key.name(),
                new DrawnImage(key, () -> print(photograph, year, key)),
                year,
                Map.of(
                        LabeledImage.CAPTION,
                        caption,
                        "subject",
                        photograph.subject(),
                        "photograph",
                        photograph.original(),
                        Unseen.ATTRIBUTE,
                        Unseen.word(split != Split.TRAIN)));
    }

    private static String concept(double label) {
        return CONCEPTS.get(CONCEPTS.indexOf(label)).concept();
    }

    private static BufferedImage print(Photograph photograph, int year, SampleKey key) {
        SampleRandom random = key.random("print");
        PixelImage image = randomCrop(photograph.pixels(), random).of(photograph.pixels(), DrawnImage.SIZE);
        double looksLike = random.bell(year, YEARS_OFF);
        new Print(looksLike, random).applyTo(image);
        return image.toBufferedImage();
    }

    private static Crop randomCrop(PixelImage photograph, SampleRandom random) {
        double side = Math.min(photograph.width(), photograph.height()) * random.between(0.7, 1);
        return new Crop(
                random.between(side / 2, photograph.width() - side / 2),
                random.between(side / 2, photograph.height() - side / 2),
                side,
                0,
                random.chance(0.5));
    }
}
