package io.numclip.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Figures that the public Python code gave, in the test resources under {@code golden/}. */
public final class Golden {

    private Golden() {}

    /** @param name such as {@code fcrc-loss.json} */
    public static JsonNode json(String name) {
        try {
            return new ObjectMapper().readTree(bytes(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A rectangular list of lists of numbers as a float32 array of as many dimensions. */
    public static NDArray array(NDManager manager, JsonNode numbers) {
        Shape shape = new Shape();
        for (JsonNode node = numbers; node.isArray(); node = node.get(0)) {
            shape = shape.add(node.size());
        }
        float[] values = new float[Math.toIntExact(shape.size())];
        int filled = fill(values, 0, numbers);
        if (filled != values.length) {
            throw new IllegalArgumentException("the numbers must form a rectangle; found " + filled + " for " + shape);
        }
        return manager.create(values, shape);
    }

    /** All float32 tensors of a safetensors file, by name. */
    public static Map<String, NDArray> tensors(NDManager manager, String name) {
        ByteBuffer file = ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[Math.toIntExact(file.getLong())];
        file.get(header);
        ByteBuffer data = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, JsonNode> entry :
                    new ObjectMapper().readTree(header).properties()) {
                tensors.put(entry.getKey(), tensor(manager, entry.getValue(), data));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tensors;
    }

    public static byte[] bytes(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no golden file '" + name + "'");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int fill(float[] values, int at, JsonNode numbers) {
        if (!numbers.isArray()) {
            values[at] = (float) numbers.asDouble();
            return at + 1;
        }
        int next = at;
        for (JsonNode element : numbers) {
            next = fill(values, next, element);
        }
        return next;
    }

    private static NDArray tensor(NDManager manager, JsonNode entry, ByteBuffer data) {
        Shape shape = new Shape();
        for (JsonNode size : entry.get("shape")) {
            shape = shape.add(size.asLong());
        }
        float[] values = new float[Math.toIntExact(shape.size())];
        int start = entry.get("data_offsets").get(0).asInt();
        data.slice(start, values.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return manager.create(values, shape);
    }
}
