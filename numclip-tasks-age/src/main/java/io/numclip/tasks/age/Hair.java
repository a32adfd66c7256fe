package io.numclip.tasks.age;

import io.numclip.sample.SampleColors;
import io.numclip.sample.SampleRandom;
import java.awt.Color;
import java.util.List;
import java.util.Locale;

/**
 * Hair. Style and colour do not depend on age; grayness, hair line and thickness do.
 *
 * @param word for the colour, as a caption says it
 * @param recession 0 for a full head of hair, 1 for none on top
 * @param fullness from 0 (a newborn's down) to 1
 * @param part where the hair line is lowest, from -1 (left) to 1 (right)
 */
record Hair(Style style, Color color, String word, double recession, double fullness, double part) {

    /** The hair style. */
    enum Style {
        SHORT,
        FRINGE,
        CURLY,
        BOB,
        LONG,
        BUN,
        /** Seen in test images alone: no CLIP has been pretrained on it. */
        BRAIDS
    }

    /** The colour before it turns gray. */
    private enum Pigment {
        BLACK(0x1E1A1A),
        BROWN(0x553622),
        CHESTNUT(0x7B4A2B),
        FAIR(0xD3AC62),
        RED(0xA8481F);

        private final Color color;

        Pigment(int rgb) {
            color = new Color(rgb);
        }
    }

    private static final List<Pigment> PIGMENTS = List.of(Pigment.values());
    private static final List<Style> WORN_BY_MEN = List.of(Style.SHORT, Style.SHORT, Style.FRINGE, Style.CURLY);
    private static final List<Style> WORN_BY_WOMEN =
            List.of(Style.FRINGE, Style.CURLY, Style.BOB, Style.LONG, Style.LONG, Style.BUN);

    static Hair of(Aging aging, boolean masculine, SampleRandom random) {
        Pigment pigment = random.pick(PIGMENTS);
        Color silver = SampleColors.mix(new Color(0x8F9094), new Color(0xF1F0EC), aging.share(50, 85));
        Color color = SampleColors.mix(SampleColors.vary(pigment.color, random), silver, aging.gray());
        double tendency = masculine ? random.between(0, 1.3) : random.between(0, 0.25);
        return new Hair(
                random.pick(masculine ? WORN_BY_MEN : WORN_BY_WOMEN),
                color,
                word(aging, pigment),
                Math.min(1, tendency * aging.share(22, 85)),
                0.12 + 0.88 * aging.share(0.3, 4),
                random.between(-1, 1));
    }

    Hair inBraids() {
        return new Hair(Style.BRAIDS, color, word, recession, fullness, part);
    }

    private static String word(Aging aging, Pigment pigment) {
        if (aging.gray() < 0.5) {
            return pigment.name().toLowerCase(Locale.ROOT);
        }
        return aging.share(50, 85) < 0.65 ? "gray" : "white";
    }

    boolean isBald() {
        return recession > 0.85;
    }
}
