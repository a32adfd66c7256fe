package io.numclip.tasks.counting;

import java.awt.Color;
import java.util.Locale;

/** Colours that have a name. */
enum Hue {
    RED(0xCF3030),
    ORANGE(0xEE8A22),
    YELLOW(0xF3CE3A),
    GREEN(0x4FA64A),
    BLUE(0x3565C4),
    PURPLE(0x7C459E),
    PINK(0xEE87AE),
    WHITE(0xF5F2EA),
    BROWN(0x7A4A28);

    private static final double CLEARLY_DIFFERENT = 120;

    private final Color color;

    Hue(int rgb) {
        color = new Color(rgb);
    }

    Color color() {
        return color;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean standsOutFrom(Color other) {
        double red = color.getRed() - other.getRed();
        double green = color.getGreen() - other.getGreen();
        double blue = color.getBlue() - other.getBlue();
        return Math.sqrt(red * red + green * green + blue * blue) > CLEARLY_DIFFERENT;
    }
}
