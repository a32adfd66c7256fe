package io.numclip.server.request;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of the Open Inference Protocol: images in Base64 as one input of type {@code BYTES}.
 *
 * @param id comes back with the answer
 * @param outputs names of what is wanted; empty: everything
 */
public record InferRequest(
        @Nullable String id, @Nullable Map<String, Object> parameters, List<Input> inputs, List<Output> outputs) {

    private static final String BYTES = "BYTES";

    /** @param data one image for each place of the shape */
    public record Input(
            @Nullable String name,
            @Nullable List<Long> shape,
            @Nullable String datatype,
            @Nullable Map<String, Object> parameters,
            @Nullable List<byte[]> data) {}

    public record Output(@Nullable String name, @Nullable Map<String, Object> parameters) {}

    /** @throws RefusedException 400 if it is not one input of images, as many as its shape says */
    public InferRequest {
        inputs = inputs == null ? List.of() : List.copyOf(inputs);
        outputs = outputs == null ? List.of() : List.copyOf(outputs);
    }

    /** @throws RefusedException 400 if there is not one input with images, as many as its shape says */
    public List<byte[]> images() {
        if (inputs.size() != 1) {
            throw wrong("/inputs", "expected one input, found " + inputs.size());
        }
        Input input = inputs.get(0);
        if (!BYTES.equals(input.datatype())) {
            throw wrong("/inputs/0/datatype", "expected " + BYTES);
        }
        List<byte[]> images = input.data();
        if (images == null || images.isEmpty() || images.contains(null)) {
            throw wrong("/inputs/0/data", "expected images in Base64");
        }
        long places = input.shape() == null ? -1 : product(input.shape());
        if (places != images.size()) {
            throw wrong("/inputs/0/shape", "expected [" + images.size() + "], as many as there are images");
        }
        return images;
    }

    private static long product(List<Long> shape) {
        long places = 1;
        for (Long side : shape) {
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
