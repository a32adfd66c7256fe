package io.numclip.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
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
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
            .build();

    private JsonReader() {}

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
        try (JsonParser parser = JSON.createParser(RegularFile.text(file))) {
            if (parser.nextToken() == null) {
                throw failure(file, parser.currentLocation(), "there is nothing in the file");
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw failure(file, parser.currentTokenLocation(), "text after the end");
            }
            return value;
        } catch (StreamConstraintsException deep) {
            throw failure(file, deep.getLocation(), "more than " + DEPTH + " nested levels");
        } catch (JsonProcessingException broken) {
            String said = broken.getOriginalMessage().split("\\R| ?\\(", 2)[0];
            throw failure(file, broken.getLocation(), "not JSON: " + said);
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NULL -> null;
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            default -> parser.getDoubleValue();
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            parser.nextToken();
            object.put(key, value(parser));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static NumClipException failure(Path file, @Nullable JsonLocation at, String what) {
        String line = at == null ? "" : ":" + at.getLineNr();
        return new NumClipException(
                Kind.DATA, file + line + ": " + what, "download the list again from the data set's owner");
    }
}
