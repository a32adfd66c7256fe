package io.numclip.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.numclip.clip.Precision;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.training.optimizer.Optimizer;
import io.numclip.training.optimizer.RAdam;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** One step of RAdam over the 88 million parameters of the image tower of a ViT-B/32. */
public class OptimizerStep extends PartBenchmark {

    private ClipBackbone backbone;
    private RAdam optimizer;

    /** A step leaves the gradients in place, as zeros, so that the next one has as much to do. */
    @Setup
    public void makeGradients() {
        backbone = VisionTransformer.B_32.imageTower(Precision.FP32);
        optimizer = new RAdam(
                List.of(new Optimizer.Group(1e-5, 0, backbone.imageTower().parameters())), backbone.manager());
        Shape shape = new Shape(1, 3, VisionTransformer.IMAGE_SIZE, VisionTransformer.IMAGE_SIZE);
        try (NDManager scope = backbone.manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            collector.backward(
                    backbone.imageTower().encode(scope.ones(shape), true).sum());
        }
    }

    @Benchmark
    public void radam() {
        optimizer.step(1);
    }

    @TearDown
    public void close() {
        optimizer.close();
        backbone.close();
    }
}
