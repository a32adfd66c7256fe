package io.numclip.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a JSON file of an untrusted model directory: it must be a regular file of limited size and depth, with each key
 * only once and nothing after the end.
 */
public final class JsonFile {

    public static final ObjectMapper MAPPER = mapper();

    private JsonFile() {}

    /** The bytes of a regular file within the limit. */
    public static byte[] bytes(Path file, Limit limit) throws IOException {
        if (!RegularFile.exists(file)) {
            throw new NumClipException(
                    Kind.MISSING, file + ": no such file", "copy it from where the model directory came from");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(limit.intValue() + 1);
            if (bytes.length > limit.value()) {
                throw damaged(file, limit.exceededBy("too many bytes"));
            }
            return bytes;
        }
    }

    /** The object at the root of a JSON text. */
    public static JsonNode object(Path file, byte[] bytes) throws IOException {
        JsonNode root;
        try {
            root = MAPPER.readTree(bytes);
        } catch (StreamConstraintsException e) {
            boolean deep = e.getOriginalMessage().contains("nesting depth");
            throw damaged(file, deep ? Limit.JSON_DEPTH.exceededBy("too many levels") : e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            throw damaged(file, "not valid JSON" + place + ": " + reason(e));
        }
        if (!root.isObject()) {
            throw damaged(file, "expected a JSON object");
        }
        return root;
    }

    /** Without the places that the library names in it, in its own words. */
    private static String reason(JsonProcessingException failure) {
        String said = String.valueOf(failure.getOriginalMessage());
        int end = said.indexOf(" (start marker");
        return (end < 0 ? said : said.substring(0, end)).lines().findFirst().orElse("");
    }

    public static NumClipException damaged(Path file, String reason) {
        return new NumClipException(Kind.DATA, file + ": " + reason, "use the file that belongs to the model");
    }

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Limit.JSON_DEPTH.intValue())
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        return new ObjectMapper(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
