package io.numclip.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import java.nio.FloatBuffer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WarpTest {

    private static final JsonNode GOLDEN = Golden.json("warp.json");
    private static final int HEIGHT = GOLDEN.get("height").asInt();
    private static final int WIDTH = GOLDEN.get("width").asInt();

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(GOLDEN.get("cases").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void pixelsAreThoseOfSciPy(JsonNode golden) {
        Warp warp = new Warp(
                Math.toRadians(golden.get("degrees").asDouble()),
                golden.get("zoom").asDouble(),
                golden.get("right").asDouble(),
                golden.get("down").asDouble());
        FloatBuffer pixels = FloatBuffer.wrap(floats(GOLDEN.get("pixels")));
        warp.apply(pixels, HEIGHT, WIDTH);
        assertThat(pixels.array()).containsExactly(floats(golden.get("pixels")), Offset.offset(1e-5f));
    }

    @Test
    void noWarpChangesNothing() {
        float[] before = floats(GOLDEN.get("pixels"));
        FloatBuffer pixels = FloatBuffer.wrap(before.clone());
        Warp.NONE.apply(pixels, HEIGHT, WIDTH);
        assertThat(pixels.array()).containsExactly(before);
    }

    private static float[] floats(JsonNode values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values.get(i).asDouble();
        }
        return floats;
    }
}
