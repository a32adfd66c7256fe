package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import java.util.Random;

/**
 * Normal values around zero, generated in Java from the engine's seed: the same on every device and in every version of
 * the engine. The network sets that seed for each parameter in turn.
 */
record SeededNormal(float standardDeviation) implements Initializer {

    @Override
    public NDArray initialize(NDManager manager, Shape shape, DataType dataType) {
        Integer seed = manager.getEngine().getSeed();
        Random random = new Random(seed == null ? 0 : seed);
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (standardDeviation * random.nextGaussian());
        }
        return manager.create(values, shape).toType(dataType, false);
    }
}
