package io.numclip.clip.tower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipWeights;
import java.util.SplittableRandom;

/**
 * Random initial weights, as in {@code CLIPPreTrainedModel} of {@code transformers}; each depends on seed and name
 * only.
 */
final class ClipInitializer {

    private static final double EMBEDDING = 0.02;

    private final ClipConfig config;
    private final long seed;

    ClipInitializer(ClipConfig config, long seed) {
        this.config = config;
        this.seed = seed;
    }

    NDArray initialise(NDManager manager, String name, Shape shape) {
        if (name.equals(ClipWeights.LOGIT_SCALE)) {
            return manager.create((float) config.logitScaleInit());
        }
        if (name.endsWith(".bias")) {
            return manager.zeros(shape);
        }
        if (name.contains("norm")) {
            return manager.ones(shape);
        }
        return manager.create(normal(name, (int) shape.size(), deviation(name, shape)), shape);
    }

    private double deviation(String name, Shape shape) {
        if (name.startsWith(ClipWeights.CONVOLUTION)) {
            return SmallNetwork.deviation(shape);
        }
        boolean text = name.startsWith("text_");
        int width = text ? config.text().hiddenSize() : config.vision().hiddenSize();
        int layers = text ? config.text().layers() : config.vision().layers();
        double scale = 1 / Math.sqrt(width);
        if (name.endsWith("class_embedding") || name.endsWith("projection.weight") || name.contains("out_proj")) {
            return scale;
        }
        if (name.contains("embedding")) {
            return EMBEDDING;
        }
        if (name.contains("fc1")) {
            return scale / Math.sqrt(2);
        }
        return scale / Math.sqrt(2.0 * layers); // query, key, value and fc2
    }

    /** Marsaglia's polar method, two values at a time. */
    private float[] normal(String name, int size, double deviation) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode());
        float[] values = new float[size];
        int i = 0;
        while (i < size) {
            double u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            double square = u * u + v * v;
            if (square >= 1 || square == 0) {
                continue;
            }
            double factor = deviation * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            values[i++] = (float) (u * factor);
            if (i < size) {
                values[i++] = (float) (v * factor);
            }
        }
        return values;
    }
}
