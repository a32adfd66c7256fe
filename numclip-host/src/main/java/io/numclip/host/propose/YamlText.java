package io.numclip.host.propose;

import java.util.Set;
import java.util.regex.Pattern;

/** Text as a YAML scalar: plain if nothing in it could be misread, otherwise in double quotes. */
final class YamlText {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z./][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");
    private static final Set<String> NOT_TEXT = Set.of("true", "false", "null", "yes", "no", "on", "off");

    private YamlText() {}

    static String of(String text) {
        boolean bare = HARMLESS.matcher(text).matches() && !NOT_TEXT.contains(text);
        return bare ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(letter -> {
            if (letter == '"' || letter == '\\') {
                quoted.append('\\').append((char) letter);
            } else if (letter < ' ' || letter == 127) {
                quoted.append(String.format("\\u%04x", letter));
            } else {
                quoted.append((char) letter);
            }
        });
        return quoted.append('"').toString();
    }
}
