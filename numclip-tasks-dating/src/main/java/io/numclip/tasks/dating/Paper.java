package io.numclip.tasks.dating;

import io.numclip.sample.SampleRandom;
import io.numclip.sample.photograph.Colour;
import io.numclip.sample.photograph.PixelFilter;
import io.numclip.sample.photograph.PixelImage;

/**
 * The paper around the picture, on a dark album page.
 *
 * @param border width in pixels
 * @param deckle depth of the ragged edge in pixels
 * @param radius of the rounded corners in pixels
 */
record Paper(double border, double deckle, double radius, Colour colour, SampleRandom random) implements PixelFilter {

    static final Colour WHITE = Colour.of(0.96, 0.96, 0.95);
    static final Colour CREAM = Colour.of(0.9, 0.82, 0.66);

    private static final Colour PAGE = Colour.of(0.12, 0.1, 0.09);
    private static final int TOOTH = 3;

    @Override
    public void applyTo(PixelImage image) {
        double[] teeth = teeth(4 * Math.max(image.width(), image.height()) / TOOTH + 4);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                double fromEdge = distanceFromEdge(image, x + 0.5, y + 0.5);
                double cut = teeth[tooth(image, x, y)];
                image.blend(x, y, colour, share(border + cut - fromEdge));
                image.blend(x, y, PAGE, share(cut - fromEdge));
            }
        }
    }

    /** The distance from the edge of the rounded rectangle of the print; negative outside. */
    private double distanceFromEdge(PixelImage image, double x, double y) {
        double acrossTo = Math.min(x, image.width() - x);
        double downTo = Math.min(y, image.height() - y);
        if (acrossTo >= radius || downTo >= radius) {
            return Math.min(acrossTo, downTo);
        }
        double across = radius - acrossTo;
        double down = radius - downTo;
        return radius - Math.sqrt(across * across + down * down);
    }

    private double[] teeth(int count) {
        double[] teeth = new double[count];
        for (int i = 0; i < count; i++) {
            teeth[i] = random.between(0, deckle);
        }
        return teeth;
    }

    /** Number of the tooth that is nearest: along the top and bottom by column, along the sides by row. */
    private static int tooth(PixelImage image, int x, int y) {
        boolean side = Math.min(x, image.width() - 1 - x) < Math.min(y, image.height() - 1 - y);
        int half = side ? 2 * (x < image.width() / 2 ? 0 : 1) : 1 + 2 * (y < image.height() / 2 ? 0 : 1);
        return (side ? y : x) / TOOTH * 4 + half;
    }

    private static float share(double pixels) {
        return (float) Math.max(0, Math.min(1, pixels + 0.5));
    }
}
