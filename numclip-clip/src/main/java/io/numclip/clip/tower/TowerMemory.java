package io.numclip.clip.tower;

import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.machine.MachineMemory;
import java.util.Map;

/**
 * What an image tower needs of a machine's memory outside Java's heap, from its shape alone.
 *
 * @param weights bytes, kept while the model is open; 0 on a GPU, which has memory of its own
 * @param work bytes of what the layers compute, for each call at the same time: an estimate. The kernel takes a few images
 *     through the layers at once, however many there are; 0 on a GPU
 * @param image bytes of the pixels of an image
 */
public record TowerMemory(long weights, long work, long image) {

    private static final long HIDDEN_ELEMENTS = 2_500_000; // MAX_HIDDEN_ELEMENTS in kernel/clip.py
    private static final int COPIES = 4; // hidden layers before and after activation, queries, keys, values, sums

    /**
     * Of a tower on a processor that is loaded for prediction.
     *
     * @param precision not {@code auto}
     */
    public static TowerMemory of(ClipConfig config, Precision precision) {
        ClipConfig.Vision vision = config.vision();
        long image = 3L * vision.imageSize() * vision.imageSize() * Float.BYTES;
        if (!vision.hasNetwork()) {
            return new TowerMemory(0, 0, image);
        }
        long hidden = (long) vision.positions() * vision.intermediateSize();
        long scores = (long) vision.heads() * vision.positions() * vision.positions();
        long images = Math.max(1, HIDDEN_ELEMENTS / hidden);
        return new TowerMemory(
                weights(ClipWeights.image(config), precision),
                images * (COPIES * hidden + scores) * Float.BYTES,
                image);
    }

    /** Of a tower on a GPU: the pixels alone. */
    TowerMemory onGpu() {
        return new TowerMemory(0, 0, image);
    }

    /** Of two towers that are open together and work one after the other; an image has pixels for each. */
    public TowerMemory beside(TowerMemory other) {
        return new TowerMemory(weights + other.weights, Math.max(work, other.work), image + other.image);
    }

    /**
     * Whether it all fits, with pixels that take no more than half of what is left beside the weights; Java allows no more
     * than the heap has beside the heap.
     *
     * @param calls of the tower at the same time
     * @param images whose pixels are in memory
     */
    public boolean fits(MachineMemory machine, int calls, long images) {
        long left = machine.forModels() - weights - calls * work;
        return image * images <= Math.min(left, machine.heap()) / 2;
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
