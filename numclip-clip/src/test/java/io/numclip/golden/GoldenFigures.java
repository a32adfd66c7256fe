package io.numclip.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;

/** Figures that Python has made, from {@code src/test/resources/golden}. */
public final class GoldenFigures {

    public static final Path FOLDER = Path.of("../numclip-core/src/test/resources/golden");
    /** A tiny CLIP of random weights. */
    public static final Path CLIP = FOLDER.resolve("clip-tiny-random");
    /** Nine pictures that can be read. */
    public static final Path IMAGES = FOLDER.resolve("images");

    private GoldenFigures() {}

    public static JsonNode read(String name) throws IOException {
        try (InputStream file = Files.newInputStream(FOLDER.resolve(name))) {
            return new ObjectMapper().readTree(file);
        }
    }

    public static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).floatValue();
        }
        return values;
    }

    public static double[] doubles(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    public static long[] longs(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToLong(JsonNode::longValue)
                .toArray();
    }

    public static Offset<Float> within(double offset) {
        return Offset.offset((float) offset);
    }

    public static double cosine(float[] a, float[] b) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            first += a[i] * a[i];
            second += b[i] * b[i];
        }
        return product / Math.sqrt(first * second);
    }

    /** A copy of the backbone with made-up weights. */
    public static Path backbone(String name, Path temporary) throws IOException {
        return MadeUpWeights.directory(
                FOLDER.resolve("backbones").resolve(name), read("backbones/" + name + "/figures.json"), temporary);
    }
}
