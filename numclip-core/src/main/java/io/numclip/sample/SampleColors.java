package io.numclip.sample;

import java.awt.Color;

/** Arithmetic with the colours of sample images. */
public final class SampleColors {

    private SampleColors() {}

    /** @param share 0 gives the first colour, 1 the second */
    public static Color mix(Color first, Color second, double share) {
        return new Color(
                blend(first.getRed(), second.getRed(), share),
                blend(first.getGreen(), second.getGreen(), share),
                blend(first.getBlue(), second.getBlue(), share));
    }

    /** @param opacity clipped to the range 0 to 1 */
    public static Color fade(Color color, double opacity) {
        int alpha = (int) Math.round(255 * Math.max(0, Math.min(1, opacity)));
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }

    /** A random colour near this one. */
    public static Color vary(Color color, SampleRandom random) {
        return new Color(near(color.getRed(), random), near(color.getGreen(), random), near(color.getBlue(), random));
    }

    private static int blend(int first, int second, double share) {
        return (int) Math.round(first + (second - first) * share);
    }

    private static int near(int channel, SampleRandom random) {
        return Math.max(0, Math.min(255, channel + random.whole(-14, 14)));
    }
}
