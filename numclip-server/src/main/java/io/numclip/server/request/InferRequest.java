package io.numclip.server.request;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.numclip.data.ImageRegion;
import io.numclip.data.Region;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of the Open Inference Protocol: images as one input of type {@code BYTES}, in Base64 or behind the JSON; after it
 * perhaps an input {@code region} with left, top, width and height for each.
 *
 * @param id comes back with the answer
 * @param images as a model takes them
 * @param outputs names of what is wanted; empty: everything
 */
public record InferRequest(@Nullable String id, List<Object> images, List<String> outputs) {

    private static final String BYTES = "BYTES";
    private static final String REGION = "region";
    private static final List<String> NUMBERS = List.of("INT32", "INT64", "FP32", "FP64");

    /** The JSON of it. Clients of the protocol send more than is asked for, which is passed over. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Json(
            @Nullable String id,
            @Nullable List<@Nullable Input> inputs,
            @Nullable List<@Nullable Output> outputs) {}

    /** @param data an image, or a number, for each place of the shape */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Input(
            @Nullable String name,
            @Nullable List<@Nullable Long> shape,
            @Nullable String datatype,
            @Nullable Parameters parameters,

            @JsonDeserialize(contentUsing = ImageOrNumber.class) @Nullable
            List<@Nullable Object> data) {}

    /** Base64 as bytes, a number as one of 64 bits. */
    private static final class ImageOrNumber extends JsonDeserializer<Object> {

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.currentToken().isNumeric()
                    ? parser.getDoubleValue()
                    : context.readValue(parser, byte[].class);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Parameters(
            @JsonProperty("binary_data_size") @Nullable Integer binarySize) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Output(@Nullable String name) {}

    /**
     * @param behind what follows the JSON
     * @param most images that are taken
     * @throws RefusedException 400 if there is not one input with images, as many as its shape says; 413
     */
    static InferRequest of(Json json, ByteBuffer behind, int most) {
        List<Input> inputs = present(json.inputs(), "/inputs/");
        boolean cut = inputs.size() == 2 && REGION.equals(inputs.get(1).name());
        if (inputs.size() != 1 && !cut) {
            throw wrong("/inputs", "expected one input, found " + inputs.size());
        }
        List<@Nullable Region> regions = cut ? regions(inputs.get(1)) : List.of();
        Input input = inputs.get(0);
        if (!BYTES.equals(input.datatype())) {
            throw wrong("/inputs/0/datatype", "expected " + BYTES);
        }
        List<byte[]> images = images(input, behind, most);
        if (images.isEmpty()) {
            throw wrong("/inputs/0/data", "expected images in Base64");
        }
        if (images.size() > most) {
            throw RequestReader.tooMany(most);
        }
        if (places(input.shape()) != images.size()) {
            throw wrong("/inputs/0/shape", "expected [" + images.size() + "], as many as there are images");
        }
        if (cut && regions.size() != images.size()) {
            throw wrong("/inputs/1/shape", "expected [" + images.size() + ", 4], a region for each image");
        }
        List<String> outputs = present(json.outputs(), "/outputs/").stream()
                .map(output -> String.valueOf(output.name()))
                .toList();
        return new InferRequest(json.id(), cut ? cut(images, regions) : List.copyOf(images), outputs);
    }

    private static List<Object> cut(List<byte[]> images, List<@Nullable Region> regions) {
        List<Object> cut = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            Region region = regions.get(i);
            cut.add(region == null ? images.get(i) : new ImageRegion(images.get(i), region));
        }
        return cut;
    }

    private static List<@Nullable Region> regions(Input input) {
        if (!NUMBERS.contains(String.valueOf(input.datatype()))) {
            throw wrong("/inputs/1/datatype", "expected one of " + String.join(", ", NUMBERS));
        }
        List<@Nullable Object> data = input.data() == null ? List.of() : input.data();
        int width = Region.NAMES.size();
        if (data.isEmpty() || data.size() % width != 0 || !data.stream().allMatch(Double.class::isInstance)) {
            throw wrong("/inputs/1/data", "expected left, top, width and height of each image, as numbers in the JSON");
        }
        if (places(input.shape()) != data.size()) {
            throw wrong("/inputs/1/shape", "expected [" + data.size() / width + ", " + width + "]");
        }
        SentRegions read = new SentRegions("/inputs/1/data/");
        List<@Nullable Region> regions = new ArrayList<>();
        for (int i = 0; i < data.size(); i += width) {
            regions.add(read.read(i, data.subList(i, i + width).toArray()));
        }
        read.throwIfAnyIsWrong();
        return regions;
    }

    private static List<byte[]> images(Input input, ByteBuffer behind, int most) {
        Integer size = input.parameters() == null ? null : input.parameters().binarySize();
        if ((size == null ? 0 : size) != behind.remaining()) {
            throw wrong(
                    "/inputs/0/parameters/binary_data_size",
                    "expected the bytes behind the JSON, " + behind.remaining());
        }
        if (size != null) {
            return behind(behind, most);
        }
        List<@Nullable Object> data = input.data() == null ? List.of() : input.data();
        return data.stream().allMatch(byte[].class::isInstance)
                ? data.stream().map(byte[].class::cast).toList()
                : List.of();
    }

    /** Splits data in which each image has its length in four bytes before it, the lowest first. */
    private static List<byte[]> behind(ByteBuffer data, int most) {
        List<byte[]> images = new ArrayList<>();
        data.order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining() && images.size() <= most) {
            int length = data.remaining() < Integer.BYTES ? -1 : data.getInt();
            if (length < 0 || length > data.remaining()) {
                throw wrong("/inputs/0", "expected images behind the JSON, each with its length in 4 bytes before it");
            }
            byte[] image = new byte[length];
            data.get(image);
            images.add(image);
        }
        return images;
    }

    private static <T> List<T> present(@Nullable List<@Nullable T> given, String pointer) {
        List<T> present = new ArrayList<>();
        for (T each : given == null ? List.<T>of() : given) {
            if (each == null) {
                throw wrong(pointer + present.size(), "null, where an object is expected");
            }
            present.add(each);
        }
        return present;
    }

    /** The number of places in an array of this shape; -1 if it is no shape of an array. */
    private static long places(@Nullable List<@Nullable Long> shape) {
        long places = shape == null || shape.isEmpty() ? -1 : 1;
        for (Long side : shape == null ? List.<Long>of() : shape) {
            if (side == null || side < 1 || side > Integer.MAX_VALUE) {
                return -1;
            }
            places = Math.min(places * side, Integer.MAX_VALUE);
        }
        return places;
    }

    private static RefusedException wrong(String pointer, String message) {
        return RefusedException.malformed(
                pointer + ": " + message,
                "send {\"inputs\": [{\"name\": \"image\", \"shape\": [1], \"datatype\": \"BYTES\", \"data\": [\"<Base64>\"]}]}");
    }
}
