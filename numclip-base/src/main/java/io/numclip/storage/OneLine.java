package io.numclip.storage;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** Names in lines: one with a line break would be two lines, and the second one whatever somebody wants it to be. */
public final class OneLine {

    private static final Pattern BREAK = Pattern.compile("\\R");

    private OneLine() {}

    public static boolean is(String text) {
        return !BREAK.matcher(text).find();
    }

    /**
     * The text.
     *
     * @param what it names, such as {@code image}
     * @throws NumClipException if it has a line break
     */
    public static String of(String what, String text) {
        if (is(text)) {
            return text;
        }
        throw new NumClipException(
                Kind.DATA, "the name of the " + what + " has a line break: " + printable(text), "rename the " + what);
    }

    /** For display: control characters and marks that change the writing direction are escaped. */
    public static String printable(String text) {
        return escaped(text, OneLine::isHarmful);
    }

    /** Whether a character can steer a terminal. */
    public static boolean isHarmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** As in Java and JSON; the text itself if there is nothing to escape. */
    public static String escaped(String text, IntPredicate harmful) {
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
}
