package io.numclip.clip.safetensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.storage.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes safetensors files: tensors sorted by name, so that equal content gives equal bytes. */
public final class SafetensorsWriter {

    /** How values are stored. */
    public enum Type {
        F32(DataType.FLOAT32),
        F16(DataType.FLOAT16);

        private final DataType dataType;

        Type(DataType dataType) {
            this.dataType = dataType;
        }
    }

    private SafetensorsWriter() {}

    /**
     * Writes or replaces a file as a whole; see {@link AtomicFile}.
     *
     * @param tensors float32 arrays by name
     * @param metadata free-form strings for the header
     */
    public static void write(Path file, Map<String, NDArray> tensors, Type type, Map<String, String> metadata)
            throws IOException {
        SortedMap<String, NDArray> sorted = new TreeMap<>(tensors);
        AtomicFile.write(file, channel -> writeTo(channel, sorted, type, metadata));
    }

    private static void writeTo(
            FileChannel channel, SortedMap<String, NDArray> tensors, Type type, Map<String, String> metadata)
            throws IOException {
        byte[] header = header(tensors, type, metadata);
        ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        AtomicFile.writeAll(channel, prefix.putLong(0, header.length));
        AtomicFile.writeAll(channel, ByteBuffer.wrap(header));
        for (NDArray array : tensors.values()) {
            try (NDArray stored = array.toType(type.dataType, true)) {
                AtomicFile.writeAll(channel, ByteBuffer.wrap(stored.toByteArray()));
            }
        }
    }

    private static byte[] header(SortedMap<String, NDArray> tensors, Type type, Map<String, String> metadata)
            throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode strings = root.putObject("__metadata__");
            new TreeMap<>(metadata).forEach(strings::put);
        }
        long begin = 0;
        for (Map.Entry<String, NDArray> tensor : tensors.entrySet()) {
            long end = begin + tensor.getValue().size() * type.dataType.getNumOfBytes();
            ObjectNode node = root.putObject(tensor.getKey()).put("dtype", type.name());
            ArrayNode shape = node.putArray("shape");
            for (long dimension : tensor.getValue().getShape().getShape()) {
                shape.add(dimension);
            }
            node.putArray("data_offsets").add(begin).add(end);
            begin = end;
        }
        String json = mapper.writeValueAsString(root);
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return (json + " ".repeat((8 - length % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    }
}
