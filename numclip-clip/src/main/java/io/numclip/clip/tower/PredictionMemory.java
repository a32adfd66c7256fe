package io.numclip.clip.tower;

import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipWeights;
import java.util.Map;

/** What an image tower needs for predictions on a processor, from its shape. */
public final class PredictionMemory {

    private static final long HIDDEN_ELEMENTS = 2_500_000; // MAX_HIDDEN_ELEMENTS in kernel/kernel.py
    private static final int COPIES = 4; // hidden layers before and after activation, queries, keys, values, sums

    private PredictionMemory() {}

    /** @param precision not {@code auto} */
    public static TowerMemory of(ClipConfig config, Precision precision) {
        ClipConfig.Vision vision = config.vision();
        long image = 3L * vision.imageSize() * vision.imageSize() * Float.BYTES;
        if (!vision.hasNetwork()) {
            return new TowerMemory(0, 0, image);
        }
        if (vision.isConvolutional()) {
            return SmallNetwork.memory(config);
        }
        long hidden = (long) vision.positions() * vision.intermediateSize();
        long scores = (long) vision.heads() * vision.positions() * vision.positions();
        long images = Math.max(1, HIDDEN_ELEMENTS / hidden);
        return new TowerMemory(
                weights(ClipWeights.image(config), precision),
                images * (COPIES * hidden + scores) * Float.BYTES,
                image);
    }

    /** Of a number that is multiplied. */
    static int bytes(Precision precision) {
        return switch (precision) {
            case AUTO, FP32 -> Float.BYTES;
            case BF16, FP16 -> Short.BYTES;
            case INT8 -> Byte.BYTES;
        };
    }

    private static long weights(Map<String, Shape> shapes, Precision precision) {
        return shapes.entrySet().stream()
                .mapToLong(weight -> weight.getValue().size()
                        * bytes(ClipWeights.kept(weight.getKey(), weight.getValue(), precision)))
                .sum();
    }
}
