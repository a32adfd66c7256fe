package io.numclip.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.tower.ClipBackbone;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Pixels to image features, without a graph. */
public class ImageTowerForward extends PartBenchmark {

    @Param
    private VisionTransformer model;

    @Param({"FP32", "BF16"})
    private Precision precision;

    @Param({"1", "8", "32"})
    private int batch;

    private ClipBackbone backbone;

    @Setup
    public void load() {
        backbone = model.imageTower(precision);
    }

    @Benchmark
    public float[] features() {
        try (NDManager scope = backbone.manager().newSubManager()) {
            NDArray pixels = scope.ones(
                    new Shape(batch, 3, VisionTransformer.IMAGE_SIZE, VisionTransformer.IMAGE_SIZE)); // (N, 3, H, W)
            return backbone.imageTower().encode(pixels, false).toFloatArray(); // (N, D)
        }
    }

    @TearDown
    public void close() {
        backbone.close();
    }
}
