package io.numclip.host.run;

import java.util.Locale;

/** Numbers and other people's words as they are shown. */
public final class PlainText {

    private PlainText() {}

    /** Makes text from outside safe to show: control characters and marks that turn the writing direction are escaped. */
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

    /** For a cell of a CSV file. Where a spreadsheet would take the text for a formula, an apostrophe goes before it. */
    public static String cell(String text) {
        String printable = printable(text);
        boolean formula = !printable.isEmpty() && "=+-@".indexOf(printable.charAt(0)) >= 0;
        return formula ? "'" + printable : printable;
    }

    /** At most two decimals, none where the number is whole. */
    public static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
