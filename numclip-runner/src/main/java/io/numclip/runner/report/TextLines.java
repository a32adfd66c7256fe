package io.numclip.runner.report;

import java.util.ArrayList;
import java.util.List;

/** Text broken at blanks into lines of a width. */
public final class TextLines {

    /** Columns of a terminal that everybody has. */
    public static final int WIDTH = 100;

    private TextLines() {}

    /** The lines of a text, at least one; a word that is longer than the width has a line of its own. */
    static List<String> of(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int end = rest.lastIndexOf(' ', width);
            end = end > 0 ? end : rest.indexOf(' ', width);
            if (end < 0) {
                break;
            }
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /** Lines of at most {@link #WIDTH} columns. */
    public static String paragraph(String text) {
        return hanging("", "", text);
    }

    /** Lines of at most {@link #WIDTH} columns, the first after one indent, the others after another. */
    public static String hanging(String first, String others, String text) {
        List<String> lines = of(text, WIDTH - Math.max(first.length(), others.length()));
        return first + String.join("\n" + others, lines);
    }
}
