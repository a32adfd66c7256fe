package io.numclip.dataset;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON lists of data sets into maps, lists, strings, numbers ({@link Double}), booleans and null. It exists
 * because layouts live in plugins, which have no JSON library.
 */
public final class JsonReader {

    private static final int DEPTH = 64;

    private final Path file;
    private final String text;
    private int at;

    private JsonReader(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * @throws NumClipException if the file is missing or is not JSON; the message names the line
     * @throws IOException if reading fails
     */
    public static @Nullable Object read(Path file) throws IOException {
        if (!RegularFile.exists(file)) {
            throw new NumClipException(
                    Kind.MISSING,
                    file + ": no such file",
                    "set task.data.root to the folder of the data set; docs/data-sets.md shows what it contains");
        }
        JsonReader reader = new JsonReader(file, RegularFile.text(file));
        Object value = reader.value(0);
        reader.skipBlanks();
        if (reader.at < reader.text.length()) {
            throw reader.failure("text after the end");
        }
        return value;
    }

    private @Nullable Object value(int depth) {
        skipBlanks();
        if (depth > DEPTH) {
            throw failure("more than " + DEPTH + " nested levels");
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        at++;
        skipBlanks();
        while (peek() != '}') {
            String key = string();
            skipBlanks();
            expect(':');
            if (object.put(key, value(depth + 1)) != null) {
                throw failure("'" + key + "' appears twice");
            }
            separator('}');
        }
        at++;
        return object;
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> array = new ArrayList<>();
        at++;
        skipBlanks();
        while (peek() != ']') {
            array.add(value(depth + 1));
            separator(']');
        }
        at++;
        return array;
    }

    /** After an element: a comma and another element, or the end. */
    private void separator(char end) {
        skipBlanks();
        if (peek() == end) {
            return;
        }
        expect(',');
        skipBlanks();
        if (peek() == end) {
            throw failure("expected an element after the comma");
        }
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char letter = text.charAt(at++);
            string.append(letter == '\\' ? escaped() : letter);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char letter = peek();
        at++;
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            default -> letter;
        };
    }

    private char unicode() {
        try {
            char letter = (char) Integer.parseInt(text, at, at + 4, 16);
            at += 4;
            return letter;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw failure("expected four hexadecimal digits");
        }
    }

    private Double number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        if (!DataRow.NUMBER.matcher(number).matches()) {
            throw failure("expected a value");
        }
        return Double.valueOf(number);
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw failure("expected a value");
        }
        at += word.length();
        return value;
    }

    private void expect(char letter) {
        if (peek() != letter) {
            throw failure("expected '" + letter + "'");
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw failure("the file ends before the list does");
        }
        return text.charAt(at);
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private NumClipException failure(String what) {
        long line = 1
                + text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(letter -> letter == '\n')
                        .count();
        return new NumClipException(
                Kind.DATA, file + ":" + line + ": " + what, "download the list again from the data set's owner");
    }
}
