package io.numclip.host.message;

import io.numclip.data.LabelScale;
import io.numclip.storage.OneLine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers, and text from outside, for display. */
public final class PlainText {

    private static final String CRLF = "\r\n"; // the line break of CSV, and of Windows
    private static final String APOSTROPHE = "'";
    private static final Pattern FORMULA = Pattern.compile("'*\\s*[=+\\-@].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?(\\d+([.,]\\d*)?|[.,]\\d+)([eE][+-]?\\d+)?\\s*");
    private static final Pattern ZERO = Pattern.compile("-0(\\.0*)?");
    private static final Pattern PLURAL = Pattern.compile("^(\\p{L}+(?<!i|s|x|z|ch|sh)e|\\p{L}+[a-z&&[^eius]])s$");
    private static final int LEAST_DECIMALS = 3;
    private static final int MOST_DECIMALS = 6;
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    private PlainText() {}

    /** Makes text from outside safe to show: escapes control characters and marks that change the writing direction. */
    public static String printable(String text) {
        return OneLine.printable(text);
    }

    /** The same of a path, which may have line breaks. */
    public static String printable(Path path) {
        return printable(path.toString());
    }

    /** Does to text of several lines what {@link #printable(String)} does; line breaks and tabs stay. */
    public static String printableLines(String text) {
        return escapedLines(text, OneLine::isHarmful);
    }

    private static String escapedLines(String text, IntPredicate harmful) {
        return Arrays.stream(text.split(CRLF, -1))
                .map(lines -> OneLine.escaped(lines, point -> point != '\n' && point != '\t' && harmful.test(point)))
                .collect(Collectors.joining(CRLF));
    }

    /**
     * For a cell of a CSV file. Text that a spreadsheet would read as a formula, or that looks like one with apostrophes in
     * front, gets an apostrophe in front; of the characters that a terminal obeys, line breaks and tabs stay. No two texts
     * have the same cell.
     */
    public static String cell(String text) {
        String plain = ESCAPE.matcher(text).replaceAll(PlainText::kept);
        String safe = escapedLines(plain, Character::isISOControl);
        return isFormula(safe) ? APOSTROPHE + safe : safe;
    }

    private static boolean isFormula(String text) {
        return FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches();
    }

    /** The text that {@link #cell} was given to write such a cell, also in an earlier version, which changed more. */
    public static String ofCell(String cell) {
        boolean marked = cell.startsWith(APOSTROPHE)
                && FORMULA.matcher(cell.substring(1)).matches();
        return ESCAPE.matcher(marked ? cell.substring(1) : cell).replaceAll(PlainText::unescaped);
    }

    private static String unescaped(MatchResult escape) {
        String said = isEscape(escape) ? String.valueOf(unit(escape)) : escape.group();
        return Matcher.quoteReplacement(said);
    }

    /** Escapes the backslash of what the text has itself, and {@link #ofCell} would take for ours. */
    private static String kept(MatchResult escape) {
        String said = isEscape(escape) ? "\\u005c" + escape.group().substring(1) : escape.group();
        return Matcher.quoteReplacement(said);
    }

    private static boolean isEscape(MatchResult escape) {
        return OneLine.isHarmful(unit(escape)) || unit(escape) == '\\';
    }

    private static char unit(MatchResult escape) {
        return (char) Integer.parseInt(escape.group(1), 16);
    }

    /** Such as {@code 1 image}, {@code 2 images}. */
    public static String counted(long count, String one) {
        return counted(count, one, one + "s");
    }

    public static String counted(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }

    /** A number in a unit, such as {@code 1 year} or {@code 2 years}; a unit that is not a plain plural stays as it is. */
    public static String quantity(String number, String unit) {
        return number + " " + (number.equals("1") ? PLURAL.matcher(unit).replaceFirst("$1") : unit);
    }

    /** Such as {@code 95 %}; never 0 % or 100 % of what is not. */
    public static String percent(double share) {
        return share > 0 && share < 0.005
                ? "< 1 %"
                : share < 1 && share >= 0.995 ? "> 99 %" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** Such as {@code 62 to 84 %}. */
    public static String percents(double low, double high) {
        return Math.round(100 * low) + " to " + percent(high);
    }

    /** As a sentence begins. */
    public static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Two decimals from 1 on, {@link #decimals} below, with a true minus. */
    public static String figure(double value) {
        return rounded(value, Math.abs(value) >= 1 ? 2 : decimals(value)).replace('-', '−');
    }

    /** A figure with its {@link #decimals}. */
    public static String measured(double figure) {
        return rounded(figure, decimals(figure));
    }

    /** A rounded figure; what is rounded to zero has no minus. */
    public static String rounded(double figure, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", figure);
        return ZERO.matcher(text).matches() ? text.substring(1) : text;
    }

    /** Three, or up to six that a small figure needs to show two digits. */
    public static int decimals(double figure) {
        return isZero(figure)
                ? LEAST_DECIMALS
                : Math.max(LEAST_DECIMALS, Math.min(MOST_DECIMALS, 1 - (int) Math.floor(Math.log10(Math.abs(figure)))));
    }

    /** Whether a figure has no digit but zeros in {@link #MOST_DECIMALS}: it is 0, or what rounding has left of it. */
    public static boolean isZero(double figure) {
        return Math.abs(figure) < 0.5 * Math.pow(10, -MOST_DECIMALS);
    }

    /** A number of the scale, with its {@link #decimals}, or none for a whole number. */
    public static String number(double value, LabelScale scale) {
        return rounded(value, LabelScale.isWhole(value) ? 0 : decimals(scale));
    }

    /** An interval, such as {@code 29.10 to 39.80}; where both ends are the same number, that number. */
    public static String between(double lower, double upper, LabelScale scale) {
        String from = number(lower, scale);
        String to = number(upper, scale);
        return from.equals(to) ? from : from + " to " + to;
    }

    /** Two, or as many as a hundredth of a scale needs that is narrower than 1. */
    public static int decimals(LabelScale scale) {
        double width = scale.maximum() - scale.minimum();
        return Math.max(2, 2 - (int) Math.floor(Math.log10(width)));
    }
}
