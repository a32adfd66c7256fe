package io.numclip.server.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.numclip.host.message.PlainText;
import io.numclip.storage.Limit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads JSON into records and takes nothing else than what the records say: no unknown field, none twice, no NaN, nothing
 * deeper than the limit, no text that is long but the Base64 of images, and no more values than a request needs: what is
 * refused has never become objects. Refusals say where, as a JSON pointer.
 */
final class StrictJson {

    private static final int MOST_NAME = 1_000;
    private static final int MOST_TEXT = 8_000;
    private static final int MOST_NUMBER = 100;
    private static final int MOST_VALUES = 1_000;
    private static final int VALUES_OF_IMAGE = 32;
    private static final int SHOWN = 80;

    private static final Pattern LIMIT =
            Pattern.compile("(?<what>.* exceeds) the maximum allowed \\((?<number>\\d+), from `(?<method>[^`]*)`\\)");

    private static final Pattern IMAGE = Pattern.compile("/images/\\d+/data|/inputs/\\d+/data/\\d+");
    private static final Pattern OF_IMAGES = Pattern.compile("/images(/\\d\\d+.*)?|/inputs/\\d+/data(/\\d+)?");
    private static final String NOT_BASE64 =
            "not Base64 (standard alphabet, with padding, without a prefix such as data:image/png;base64,)";

    private final ObjectMapper mapper;
    private final int images;

    /**
     * @param depth how many levels are read at most
     * @param images how many are taken at most
     */
    StrictJson(int depth, int images) {
        this.images = images;
        JsonMapper.Builder builder = JsonMapper.builder();
        builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
        builder.enable(
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        builder.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        builder.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        builder.withCoercionConfig(
                LogicalType.Textual,
                textual -> List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                        .forEach(shape -> textual.setCoercion(shape, CoercionAction.Fail)));
        mapper = builder.build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxNameLength(MOST_NAME)
                        .maxNumberLength(MOST_NUMBER)
                        .maxStringLength(MOST_TEXT) // Base64 is no text for Jackson
                        .maxTokenCount(MOST_VALUES + (long) VALUES_OF_IMAGE * images)
                        .build());
    }

    /** @throws RefusedException 400, with the place; 413 for images beyond all bounds */
    <T> T read(ByteBuffer body, Class<T> type) {
        try (JsonParser parser = mapper.getFactory().createParser(body.array(), body.arrayOffset(), body.remaining())) {
            try {
                T value = mapper.readValue(parser, type);
                if (value == null) {
                    throw RefusedException.malformed("the body is null", "send a JSON object");
                }
                return value;
            } catch (StreamReadException | StreamConstraintsException broken) {
                throw refused(parser.getParsingContext().pathAsPointer().toString(), broken);
            } catch (JsonMappingException wrong) {
                throw refused(pointer(wrong), wrong);
            }
        } catch (IOException e) {
            throw RefusedException.malformed("the JSON cannot be read", "send the whole body, in UTF-8");
        }
    }

    private RefusedException refused(String pointer, JsonProcessingException failure) {
        JsonProcessingException told = failure.getCause() instanceof JsonProcessingException cause ? cause : failure;
        if (isLimit(told, "TokenCount") && OF_IMAGES.matcher(pointer).matches()) {
            return RequestReader.tooMany(images);
        }
        String from = isLimit(told, "NestingDepth") ? pointer.replaceFirst("(/[^/]*).*", "$1") : pointer;
        String where = from.isEmpty() ? "the JSON" : RequestReader.shown(from);
        boolean image = isLimit(told, "StringLength") && IMAGE.matcher(pointer).matches(); // it was taken for text then
        return RefusedException.malformed(where + ": " + (image ? NOT_BASE64 : reason(told)), fix(told));
    }

    /** @param limit a part of the name of Jackson's method */
    private static boolean isLimit(JsonProcessingException failure, String limit) {
        return failure instanceof StreamConstraintsException
                && String.valueOf(failure.getMessage()).contains(limit);
    }

    private static String reason(JsonProcessingException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return "unknown field; known are " + known(unknown.getKnownPropertyIds());
        }
        if (failure instanceof InvalidFormatException wrong && wrong.getTargetType() == byte[].class) {
            return NOT_BASE64;
        }
        if (failure instanceof JsonMappingException) { // whose words are about our classes
            return "a value of another type is expected here";
        }
        String said = withLimit(Objects.requireNonNullElse(failure.getOriginalMessage(), "not as expected"));
        String first = said.lines()
                .findFirst()
                .orElse("not as expected")
                .split("[:;] enable|, from `|, maybe|\\(start marker|\\(`", 2)[0];
        return PlainText.printable(first.length() > SHOWN ? first.substring(0, SHOWN) + "…" : first);
    }

    /** Jackson names a method of its own where it means a limit. */
    private static String withLimit(String said) {
        Matcher limit = LIMIT.matcher(said);
        if (!limit.lookingAt()) {
            return said;
        }
        String which = limit.group("method").contains("NestingDepth") ? Limit.JSON_DEPTH.key() + ", " : "of ";
        return limit.group("what") + " the limit " + which + limit.group("number");
    }

    private static String known(Collection<Object> names) {
        return names.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String fix(JsonProcessingException failure) {
        if (failure instanceof StreamConstraintsException) {
            return "send JSON within this limit";
        }
        return failure instanceof UnrecognizedPropertyException
                ? "send the bytes of the images, in Base64; no path, URL or model is ever loaded for a request"
                : "see /openapi.json for what is expected";
    }

    private static String pointer(JsonMappingException wrong) {
        JsonPointer pointer = JsonPointer.empty();
        for (JsonMappingException.Reference step : wrong.getPath()) {
            pointer = step.getFieldName() == null
                    ? pointer.appendIndex(Math.max(0, step.getIndex()))
                    : pointer.appendProperty(step.getFieldName());
        }
        return pointer.toString();
    }
}
