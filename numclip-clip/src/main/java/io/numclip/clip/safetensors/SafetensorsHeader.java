package io.numclip.clip.safetensors;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.Limit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checked header of a safetensors file: every tensor has a known type and the size of its shape, and the tensors
 * follow each other without gap or overlap up to the end of the file.
 */
record SafetensorsHeader(Map<String, Safetensors.Entry> entries, Map<String, String> metadata) {

    private static final String METADATA = "__metadata__";
    private static final int MOST_DIMENSIONS = 16;
    private static final int DEEPEST = 8;
    private static final Map<String, Integer> BYTES =
            Map.of("F64", 8, "F32", 4, "F16", 2, "BF16", 2, "I64", 8, "I32", 4, "I16", 2, "I8", 1, "U8", 1, "BOOL", 1);

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * @param json the header's bytes
     * @param dataBytes how many bytes follow the header
     */
    static SafetensorsHeader parse(Path file, byte[] json, long dataBytes) throws IOException {
        List<Safetensors.Entry> entries = new ArrayList<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        try (JsonParser parser = MAPPER.createParser(json)) {
            read(file, parser, entries, metadata);
        } catch (JsonProcessingException e) {
            throw wrong(file, "the header is not JSON, or names a tensor twice: " + e.getOriginalMessage());
        }
        if (json[0] != '{') { // but a byte-order mark or a blank
            throw wrong(file, "the header must begin with {");
        }
        entries.sort(Comparator.comparingLong(Safetensors.Entry::begin).thenComparingLong(Safetensors.Entry::end));
        checkLayout(file, entries, dataBytes);
        Map<String, Safetensors.Entry> byName = new LinkedHashMap<>();
        entries.forEach(entry -> byName.put(entry.name(), entry));
        return new SafetensorsHeader(Collections.unmodifiableMap(byName), Collections.unmodifiableMap(metadata));
    }

    /** One tensor after another: a header with too many is refused before they take memory. */
    private static void read(
            Path file, JsonParser parser, List<Safetensors.Entry> entries, Map<String, String> metadata)
            throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw wrong(file, "the header must be an object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            JsonNode value = parser.readValueAsTree();
            if (name.equals(METADATA)) {
                metadata.putAll(metadata(file, value));
            } else if (entries.size() < Limit.WEIGHTS_TENSORS.value()) {
                entries.add(entry(file, name, value));
            } else {
                throw wrong(file, Limit.WEIGHTS_TENSORS.exceededBy("too many tensors"));
            }
        }
        if (parser.nextToken() != null) {
            throw wrong(file, "the header is not JSON: something follows its end");
        }
    }

    private static Safetensors.Entry entry(Path file, String name, JsonNode node) {
        String type = node.path("dtype").asText();
        Integer bytes = BYTES.get(type);
        if (bytes == null) {
            throw wrong(
                    file,
                    "tensor %s: type \"%s\", known: %s"
                            .formatted(
                                    name, type, BYTES.keySet().stream().sorted().toList()));
        }
        long[] shape = longs(file, name, node.path("shape"), "shape");
        long[] offsets = longs(file, name, node.path("data_offsets"), "data_offsets");
        if (offsets.length != 2 || offsets[1] < offsets[0]) {
            throw wrong(
                    file,
                    "tensor %s: data_offsets %s, expected [begin, end] with begin <= end"
                            .formatted(name, node.path("data_offsets")));
        }
        long size = size(file, name, shape, bytes);
        long held = offsets[1] - offsets[0];
        if (size != held) {
            throw wrong(
                    file,
                    "tensor %s: %s of shape %s needs %d bytes, data_offsets %d to %d hold %d"
                            .formatted(name, type, node.path("shape"), size, offsets[0], offsets[1], held));
        }
        return new Safetensors.Entry(name, type, new Shape(shape), offsets[0], offsets[1]);
    }

    private static long size(Path file, String name, long[] shape, int bytes) {
        try {
            long size = bytes;
            for (long dimension : shape) {
                size = Math.multiplyExact(size, dimension);
            }
            return size;
        } catch (ArithmeticException e) {
            throw wrong(file, "tensor %s: shape product exceeds 2^63".formatted(name));
        }
    }

    private static long[] longs(Path file, String name, JsonNode node, String key) {
        if (!node.isArray() || node.size() > MOST_DIMENSIONS) {
            throw wrong(
                    file, "tensor %s: %s must be a list of at most %d numbers".formatted(name, key, MOST_DIMENSIONS));
        }
        long[] values = new long[node.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = node.get(i);
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
                throw wrong(file, "tensor %s: %s holds %s, expected whole numbers from 0".formatted(name, key, value));
            }
            values[i] = value.longValue();
        }
        return values;
    }

    private static void checkLayout(Path file, List<Safetensors.Entry> entries, long dataBytes) {
        long expected = 0;
        for (Safetensors.Entry entry : entries) {
            if (entry.begin() != expected) {
                throw wrong(
                        file,
                        "tensor %s: begins at %d, expected %d (%s)"
                                .formatted(
                                        entry.name(),
                                        entry.begin(),
                                        expected,
                                        entry.begin() < expected ? "overlap" : "gap"));
            }
            expected = entry.end();
        }
        if (expected != dataBytes) {
            throw wrong(file, "the tensors need %d bytes of data, the file has %d".formatted(expected, dataBytes));
        }
    }

    private static Map<String, String> metadata(Path file, JsonNode node) {
        Map<String, String> metadata = new LinkedHashMap<>();
        node.properties().forEach(property -> {
            if (!property.getValue().isTextual()) {
                throw wrong(file, "__metadata__: %s must be a string".formatted(property.getKey()));
            }
            metadata.put(property.getKey(), property.getValue().textValue());
        });
        return metadata;
    }

    static NumClipException wrong(Path file, String message) {
        return new NumClipException(Kind.DATA, file + ": " + message, "Copy or convert the file again.");
    }
}
