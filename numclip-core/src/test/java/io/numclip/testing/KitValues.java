package io.numclip.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import java.util.List;
import java.util.Random;

/** The inputs that the contracts give to components. */
final class KitValues {

    /** Uneven bins, with anchors away from their midpoints. */
    static final Bins AGES = new Bins(List.of(
            new Bin("child", 0, 13, 6),
            new Bin("teenager", 13, 19, 16),
            new Bin("young adult", 19, 35, 27),
            new Bin("middle adult", 35, 65, 48),
            new Bin("older adult", 65, 100, 75)));

    private KitValues() {}

    /** (rows, columns) normally distributed around 0. */
    static NDArray random(NDManager manager, Random random, int rows, int columns, double deviation) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return manager.create(values, new Shape(rows, columns));
    }

    /** Rows of length 1. */
    static NDArray normalize(NDArray features) {
        return features.div(features.norm(new int[] {1}, true));
    }

    /** Changes the parameters of a new head, as if a run had trained it. */
    static void disturb(Block head) {
        Random random = new Random(11);
        for (Pair<String, Parameter> parameter : head.getParameters()) {
            NDArray array = parameter.getValue().getArray();
            try (NDArray noise = random(
                    array.getManager(),
                    random,
                    1,
                    Math.toIntExact(array.getShape().size()),
                    0.1)) {
                array.addi(noise.reshape(array.getShape()));
            }
        }
    }
}
