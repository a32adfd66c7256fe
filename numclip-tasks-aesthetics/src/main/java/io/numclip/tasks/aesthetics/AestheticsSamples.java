package io.numclip.tasks.aesthetics;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.sample.DrawnImage;
import io.numclip.sample.SampleKey;
import io.numclip.sample.SampleRandom;
import io.numclip.sample.SampleWorld;
import io.numclip.sample.Unseen;
import io.numclip.sample.photograph.Photograph;
import io.numclip.sample.photograph.Photographs;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/**
 * Photographs taken more or less well. The grade, in steps of a tenth, sets how much goes wrong; what goes wrong is
 * random. A shot is a little better or worse than its grade, as tastes differ.
 */
public final class AestheticsSamples implements SampleWorld {

    static final int WORST = 1;
    static final int BEST = 5;

    static final Bins CONCEPTS = new Bins(List.of(
            new Bin("bad", 1, 1.5, 1),
            new Bin("poor", 1.5, 2.5, 2),
            new Bin("fair", 2.5, 3.5, 3),
            new Bin("good", 3.5, 4.5, 4),
            new Bin("excellent", 4.5, 5, 5)));

    private static final String WORLD = "aesthetics-2";
    private static final int STEPS_PER_GRADE = 10;
    private static final double TASTE = 0.15;

    private final Photographs photographs = Photographs.load();

    @Override
    public LabeledImage draw(Split split, int index, long seed) {
        SampleKey key = new SampleKey(WORLD, split, index, seed);
        double grade = grade(key);
        Photograph photograph = photographs.of(key);
        String caption = AestheticsCaptions.caption(photograph.subject(), concept(grade), key.random("caption"));
        return new LabeledImage(
                key.name(),
                new DrawnImage(key, () -> shoot(photograph, grade, key)),
                grade,
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

    private static double grade(SampleKey key) {
        int steps = (BEST - WORST) * STEPS_PER_GRADE;
        int step = WORST * STEPS_PER_GRADE + (int) (key.spread() * (steps + 1));
        return (double) step / STEPS_PER_GRADE;
    }

    private static String concept(double label) {
        return CONCEPTS.get(CONCEPTS.indexOf(label)).concept();
    }

    private static BufferedImage shoot(Photograph photograph, double grade, SampleKey key) {
        SampleRandom random = key.random("shot");
        double quality = (random.bell(grade, TASTE) - WORST) / (BEST - WORST);
        return new Shot(photograph, Math.max(0, Math.min(1, quality)), random)
                .take(DrawnImage.SIZE)
                .toBufferedImage();
    }
}
