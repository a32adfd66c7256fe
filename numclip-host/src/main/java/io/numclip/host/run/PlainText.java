package io.numclip.host.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** Numbers, and text from outside, for display. */
public final class PlainText {

    private static final String CRLF = "\r\n"; // the line break of CSV, and of Windows

    private PlainText() {}

    /** Makes text from outside safe to show: escapes control characters and marks that change the writing direction. */
    public static String printable(String text) {
        return escaped(text, PlainText::isHarmful);
    }

    /** As {@link #printable}, for text of several lines: line breaks and tabs stay. */
    public static String printableLines(String text) {
        return Arrays.stream(text.split(CRLF, -1))
                .map(lines -> escaped(lines, point -> point != '\n' && point != '\t' && isHarmful(point)))
                .collect(Collectors.joining(CRLF));
    }

    private static boolean isHarmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** As in Java and JSON; the text itself if there is nothing to escape. */
    private static String escaped(String text, IntPredicate harmful) {
        if (text.codePoints().noneMatch(harmful)) {
            return text;
        }
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (harmful.test(point)) {
                for (char unit : Character.toChars(point)) {
                    safe.append(String.format("\\u%04x", (int) unit));
                }
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

    /** Two decimals from 1 on, three below, with a true minus. */
    public static String figure(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 1 ? "%.2f" : "%.3f", value)
                .replace('-', '−');
    }

    /** Two decimals, or none for a whole number. */
    public static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
