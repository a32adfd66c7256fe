package io.numclip.image;

import io.numclip.data.RgbRows;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What transparent pixels are seen on: an opaque canvas of one colour, or nothing. Without one, alpha is dropped, as by Pillow's
 * {@code convert("RGB")}, and the colour that is stored under transparent pixels is seen.
 *
 * @param name {@code none}, or the colour as {@code #rrggbb}
 */
public record Background(String name) {

    public static final Background NONE = new Background("none");

    private static final Map<String, String> COLORS = Map.of("white", "#ffffff", "black", "#000000", "gray", "#808080");
    private static final Pattern COLOR = Pattern.compile("#?([0-9a-fA-F]{6})");

    /**
     * @param text {@code none}, {@code white}, {@code black}, {@code gray}, or six hexadecimal digits for red, green and blue,
     *     with or without a {@code #}
     * @return empty if it is neither
     */
    public static Optional<Background> parse(String text) {
        String color = COLORS.getOrDefault(text, text);
        if (color.equals(NONE.name)) {
            return Optional.of(NONE);
        }
        return Optional.of(COLOR.matcher(color))
                .filter(Matcher::matches)
                .map(digits -> new Background("#" + digits.group(1).toLowerCase(Locale.ROOT)));
    }

    /** What to say to a text that is neither. */
    public static String expectedNot(String text) {
        return "must be none, white, black, gray or a colour such as \"#808080\"; found "
                + (text.isEmpty() ? "nothing" : text);
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** The image on this; the image itself if this is none. */
    public RgbRows under(RgbRows image) {
        return isNone() ? image : new CompositedRows(image, Integer.parseInt(name.substring(1), 16));
    }

    @Override
    public String toString() {
        return name;
    }
}
