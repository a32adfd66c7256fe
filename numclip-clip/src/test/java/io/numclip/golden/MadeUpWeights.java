package io.numclip.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The weights that {@code tools/golden/backbones.py} makes up: they follow from a name and the place of each number. */
public final class MadeUpWeights {

    private MadeUpWeights() {}

    /** Copies a case, and adds its weights. */
    public static Path directory(Path golden, JsonNode figures, Path temporary) throws IOException {
        Path directory = Files.createDirectory(temporary.resolve(golden.getFileName()));
        try (Stream<Path> files = Files.list(golden)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> tensor : figures.get("tensors").properties()) {
                Shape shape = new Shape(tensor.getValue()
                        .valueStream()
                        .mapToLong(JsonNode::longValue)
                        .toArray());
                tensors.put(tensor.getKey(), manager.create(weights(tensor.getKey(), shape), shape));
            }
            String name = Files.exists(directory.resolve("config.json"))
                    ? "model.safetensors"
                    : "open_clip_model.safetensors";
            SafetensorsWriter.write(directory.resolve(name), tensors, SafetensorsWriter.Type.F32, Map.of());
        }
        return directory;
    }

    public static float[] weights(String name, Shape shape) {
        double[] numbers = numbers(name, (int) shape.size());
        boolean isMatrix = shape.dimension() >= 2;
        double scale = isMatrix ? 2 / Math.sqrt(shape.get(shape.dimension() - 1)) : 0.2;
        double centre = !isMatrix && name.endsWith(".weight") ? 1 : 0;
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (numbers[i] * scale + centre);
        }
        return values;
    }

    /** From -1 to 1. */
    public static float[] uniform(String name, int count) {
        double[] numbers = numbers(name, count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) numbers[i];
        }
        return values;
    }

    private static double[] numbers(String name, int count) {
        long seed = 0;
        for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
            seed = mixed(seed + letter);
        }
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (mixed(seed + i * 0x9E3779B97F4A7C15L) >>> 40) / (double) (1 << 23) - 1;
        }
        return numbers;
    }

    private static long mixed(long value) {
        long x = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
