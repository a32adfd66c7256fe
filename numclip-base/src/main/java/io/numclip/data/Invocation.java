package io.numclip.data;

import java.io.File;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the program was called, for the commands that messages tell the reader to give. */
public final class Invocation {

    /** What stands before a command: {@code ./numclip} in the source tree, {@code numclip} or a path elsewhere. */
    public static final String NAME = System.getProperty("numclip.command", "./numclip");

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./+,-]+");

    private Invocation() {}

    /** A path or another argument of a command to copy, in quotation marks where a shell would not take it as it is. */
    public static String argument(Object argument) {
        String text = argument.toString();
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        if (File.separatorChar == '/' && text.chars().anyMatch(Character::isISOControl)) {
            return "$'" + text.chars().mapToObj(Invocation::quoted).collect(Collectors.joining()) + "'";
        }
        return File.separatorChar == '/' ? "'" + text.replace("'", "'\\''") + "'" : '"' + text + '"';
    }

    /** A character between {@code $'} and {@code '}, where bash and zsh read escapes. */
    private static String quoted(int unit) {
        return Character.isISOControl(unit)
                ? String.format("\\u%04x", unit)
                : (unit == '\'' || unit == '\\' ? "\\" : "") + (char) unit;
    }
}
