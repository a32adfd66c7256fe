package io.numclip.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.tower.ClipBackbone;
import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Five prompts to text features, without a graph: cut to the longest, or padded to the whole context. */
public class TextTowerForward extends PartBenchmark {

    private static final int PROMPTS = 5;

    @Param({"FP32", "BF16"})
    private Precision precision;

    @Param({"12", "77"})
    private int tokens;

    private ClipBackbone backbone;
    private long[] ids;
    private long[] endPositions;

    @Setup
    public void load() {
        backbone = VisionTransformer.B_32.textTower(precision);
        ids = new Random(1)
                .longs((long) PROMPTS * tokens, 0, VisionTransformer.VOCABULARY)
                .toArray();
        endPositions = new long[PROMPTS];
        Arrays.fill(endPositions, tokens - 1L);
    }

    @Benchmark
    public float[] features() {
        try (NDManager scope = backbone.manager().newSubManager()) {
            NDArray prompts = scope.create(ids, new Shape(PROMPTS, tokens)); // (K, L)
            NDArray ends = scope.create(endPositions); // (K)
            return backbone.textTower().encodeTokens(prompts, ends, false).toFloatArray(); // (K, D)
        }
    }

    @TearDown
    public void close() {
        backbone.close();
    }
}
