package io.numclip.runner.inputs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Images that are named one a line: by the name alone, or by an object of JSON, whose other fields are kept. */
final class LineImages implements Iterator<InputImage>, AutoCloseable {

    /** Loses nothing of a line: a second value, a field named twice, or digits of a number. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final String origin;
    private final BufferedReader lines;
    private final ListRoot root;
    private final ListOptions options;
    private long line;
    private @Nullable InputImage next;

    /** @param origin of the lines, for messages */
    LineImages(String origin, InputStream in, ListRoot root, ListOptions options) {
        this.origin = origin;
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.root = root;
        this.options = options;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = read();
        }
        return next != null;
    }

    @Override
    public InputImage next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        InputImage image = next;
        next = null;
        return image;
    }

    private @Nullable InputImage read() {
        try {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                String entry = line == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
                if (!entry.isBlank()) {
                    return entry.strip().startsWith("{") ? object(entry) : root.image(entry, Map.of());
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InputImage object(String text) {
        String place = origin + ":" + line;
        try {
            Map<String, Object> fields = JSON.readValue(text, OBJECT);
            List<String> names = options.column() == null ? ListOptions.COLUMNS : List.of(options.column());
            String named =
                    names.stream().filter(fields::containsKey).findFirst().orElse("");
            return fields.remove(named) instanceof String file && !file.isBlank()
                    ? root.image(file, fields).cut(place)
                    : InputImage.unusable(place, fields, "no text in the field " + String.join(" or ", names));
        } catch (MismatchedInputException e) {
            return InputImage.unusable(
                    place, Map.of(), "expected one object of JSON on the line, found more behind it");
        } catch (JacksonException e) {
            return InputImage.unusable(place, Map.of(), "no object of JSON: " + e.getOriginalMessage());
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
