package io.numclip.clip.tower;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Images per second of the image tower of a ViT-B/32 with random weights, 224 pixels, batches of 8; the best of ten. Not a
 * test; run it on an idle machine with {@code -Dai.djl.pytorch.num_threads=2}.
 */
final class BackboneSpeed {

    private static final int BATCH = 8;
    private static final int RUNS = 10;
    private static final long ENOUGH = 20_000_000_000L; // ns, after which a slow tower is not run again

    private BackboneSpeed() {}

    public static void main(String[] arguments) {
        ClipConfig.Activation quick = ClipConfig.Activation.QUICK_GELU;
        ClipConfig config = new ClipConfig(
                new ClipConfig.Text(64, 8, 64, 64, 1, 1, quick, 1e-5, 63), // not measured
                new ClipConfig.Vision(224, 32, 768, 3072, 12, 12, quick, 1e-5),
                512,
                2.6592);
        for (Precision precision : new Precision[] {Precision.FP32, Precision.BF16}) {
            try (ClipBackbone backbone = ClipBackbone.random(config, 1, Device.cpu(), precision)) {
                if (precision == Precision.FP32) {
                    report(backbone, "NDArray operations", new NDArrayImageTower(backbone)::encode);
                }
                report(
                        backbone,
                        "kernel " + precision,
                        pixels -> backbone.imageTower().encode(pixels, false));
                reportTraining(backbone, "kernel " + precision);
            }
        }
    }

    private static void report(ClipBackbone backbone, String what, UnaryOperator<NDArray> tower) {
        print(what + ", forward", best(backbone, tower));
    }

    private static void reportTraining(ClipBackbone backbone, String what) {
        backbone.imageTower().parameters().values().forEach(parameter -> parameter.freeze(false));
        print(what + ", forward and backward", best(backbone, pixels -> {
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray loss =
                        backbone.imageTower().encode(pixels, true).square().sum();
                collector.backward(loss);
                return loss;
            }
        }));
        backbone.imageTower().parameters().values().stream()
                .map(Parameter::getArray)
                .forEach(array -> array.setRequiresGradient(false));
    }

    private static double best(ClipBackbone backbone, UnaryOperator<NDArray> work) {
        double best = Double.POSITIVE_INFINITY;
        long begin = System.nanoTime();
        for (int i = 0; i < RUNS && System.nanoTime() - begin < ENOUGH; i++) {
            try (NDManager manager = backbone.manager().newSubManager()) {
                NDArray pixels = manager.ones(new Shape(BATCH, 3, 224, 224));
                long start = System.nanoTime();
                work.apply(pixels).toFloatArray();
                best = Math.min(best, (System.nanoTime() - start) / 1e9);
            }
        }
        return best;
    }

    private static void print(String what, double seconds) {
        System.out.printf(Locale.ROOT, "%-40s %6.1f images/s%n", what, BATCH / seconds);
    }
}
