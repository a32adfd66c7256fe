package io.numclip.host.run;

import java.util.Locale;

/** Numbers, and text from outside, for display. */
public final class PlainText {

    private PlainText() {}

    /** Makes text from outside safe to show: escapes control characters and marks that change the writing direction. */
    public static String printable(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(point -> {
            int type = Character.getType(point);
            if (type == Character.CONTROL || type == Character.FORMAT || type == Character.LINE_SEPARATOR) {
                safe.append(String.format("\\u%04x", point));
            } else {
                safe.appendCodePoint(point);
            }
        });
        return safe.toString();
    }

    /** For a cell of a CSV file. Text that a spreadsheet would read as a formula gets an apostrophe in front. */
    public static String cell(String text) {
        String printable = printable(text);
        boolean formula = !printable.isEmpty() && "=+-@".indexOf(printable.charAt(0)) >= 0;
        return formula ? "'" + printable : printable;
    }

    /** Two decimals, or none for a whole number. */
    public static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
