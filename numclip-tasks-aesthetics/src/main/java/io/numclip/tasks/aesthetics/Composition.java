package io.numclip.tasks.aesthetics;

import io.numclip.sample.SampleRandom;
import io.numclip.sample.photograph.Crop;
import io.numclip.sample.photograph.Photograph;
import java.util.List;

/**
 * Where the subject is in the frame: near a third of the width when composed well, cut by the edge when not.
 *
 * @param cut 0 keeps the subject whole, 1 cuts it in half
 */
record Composition(double cut, SampleRandom random) {

    private static final List<Double> THIRDS = List.of(0.38, 0.62);
    private static final double EYE_LEVEL = 0.45;

    Crop of(Photograph photograph) {
        double width = photograph.pixels().width();
        double height = photograph.pixels().height();
        double side = Math.min(width, height) * (random.between(0.82, 0.98) - 0.35 * cut);
        double third = random.pick(THIRDS);
        double across = third + (Math.round(third) - third) * cut;
        double down = EYE_LEVEL + (random.chance(0.5) ? 0.5 : -0.4) * cut;
        return new Crop(
                within(photograph.focusX() * width + (0.5 - across) * side, side, width),
                within(photograph.focusY() * height + (0.5 - down) * side, side, height),
                side,
                0,
                random.chance(0.5));
    }

    /** Keeps a crop of this side inside the photograph. */
    private static double within(double center, double side, double length) {
        return Math.max(side / 2, Math.min(length - side / 2, center));
    }
}
