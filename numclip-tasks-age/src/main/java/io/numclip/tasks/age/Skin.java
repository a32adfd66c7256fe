package io.numclip.tasks.age;

import io.numclip.sample.SampleColors;
import io.numclip.sample.SampleRandom;
import java.awt.Color;
import java.util.List;

/**
 * The colours of a person's skin.
 *
 * @param line of wrinkles and features
 * @param freckles 0 for none, 1 for many
 */
record Skin(Color base, Color shadow, Color line, Color blush, Color lips, double freckles) {

    private static final List<Color> TONES = List.of(
            new Color(0xF6D5BE),
            new Color(0xEFC3A0),
            new Color(0xE0AC80),
            new Color(0xC68A5C),
            new Color(0xA26B43),
            new Color(0x7A4B2E));

    private static final Color SALLOW = new Color(0xC9BBA0);
    private static final Color UMBER = new Color(0x3B1D10);
    private static final Color ROSE = new Color(0xE0566A);

    /** Skin loses colour with the years. */
    static Skin of(Aging aging, SampleRandom random) {
        Color tone = SampleColors.mix(random.pick(TONES), random.pick(TONES), random.between(0, 0.4));
        Color base = SampleColors.mix(tone, SALLOW, 0.28 * aging.wear());
        return new Skin(
                base,
                SampleColors.mix(base, UMBER, 0.22),
                SampleColors.mix(base, UMBER, 0.62),
                SampleColors.mix(base, ROSE, 0.45),
                SampleColors.mix(base, ROSE, 0.62 - 0.42 * aging.wear()),
                random.chance(0.15) ? random.between(0.3, 1) : 0);
    }
}
