package io.numclip.clip.tower;

import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.machine.MachineMemory;
import java.util.Map;

/**
 * What a machine needs, outside Java's heap, to train an image tower on its processors: an estimate from the tower's shape.
 *
 * @param fixed bytes of the weights, their gradients, two averages of each that the optimizer keeps, copies in 16 bits, and the
 *     weights of the text tower, with two packed copies of its matrices
 * @param image bytes that the graph of one image keeps until its gradients are known
 */
public record TrainingMemory(long fixed, long image) {

    private static final int LEARNING = 4; // floats of a weight that learns: itself, its gradient, two averages
    private static final int PACKED = 2; // of a weight of the text tower: for products, and for gradients
    private static final int CHANGED = 3; // of one with low-rank changes: itself, the changed one, that one's gradient
    private static final double BESIDE_THE_GRAPH = 1.5; // measured: gradients on their way, and what malloc keeps
    private static final int SUMS = 2; // of a layer, in float32: before attention and before the MLP
    private static final int WIDE = 2; // the hidden layer of the MLP, before and after its activation
    private static final int NARROW = 6; // inputs of queries, keys, values, output and MLP, with keys and values apart

    /** Of a tower that learns: all weights, or low-rank changes of some. */
    public static TrainingMemory of(ImageTower tower) {
        return of(tower.config(), tower.precision(), tower.tower().learnsWeights() ? LEARNING : CHANGED);
    }

    /** Of a tower all of whose weights learn. */
    static TrainingMemory of(ClipConfig config, Precision precision) {
        return of(config, precision, LEARNING);
    }

    private static TrainingMemory of(ClipConfig config, Precision precision, int floats) {
        ClipConfig.Vision vision = config.vision();
        long bytes = PredictionMemory.bytes(precision);
        long weights = count(ClipWeights.image(config));
        if (vision.isConvolutional()) {
            return new TrainingMemory(
                    weights * floats * Float.BYTES, (long) (BESIDE_THE_GRAPH * SmallNetwork.bytes(vision)));
        }
        long texts = config.hasText() ? count(ClipWeights.text(config)) : 0;
        long tokens = vision.positions();
        long sums = SUMS * tokens * vision.hiddenSize() * Float.BYTES;
        long products =
                tokens * ((long) NARROW * vision.hiddenSize() + (long) WIDE * vision.intermediateSize()) * bytes;
        boolean fused = bytes == Float.BYTES && !DividedTower.isSmall(config, precision); // that attention keeps none
        long scores = fused ? 0 : vision.heads() * tokens * tokens * bytes;
        long copies = bytes == Float.BYTES ? 0 : weights * bytes;
        long fixed = weights * floats * Float.BYTES + copies + texts * Float.BYTES + PACKED * packed(config) * bytes;
        return new TrainingMemory(fixed, (long) (BESIDE_THE_GRAPH * vision.layers() * (sums + products + scores)));
    }

    private static long packed(ClipConfig config) {
        Map<String, Shape> texts = config.hasText() ? ClipWeights.text(config) : Map.of();
        return texts.entrySet().stream()
                .filter(weight -> ClipWeights.isPackedBothWays(weight.getKey(), weight.getValue()))
                .mapToLong(weight -> weight.getValue().size())
                .sum();
    }

    private static long count(Map<String, Shape> weights) {
        return weights.values().stream().mapToLong(Shape::size).sum();
    }

    /** Bytes for batches of so many images. */
    public long of(int images) {
        return fixed + images * image;
    }

    /** The most images of a batch whose graph the machine has memory for: at least one. */
    public int fitting(int batchSize, MachineMemory machine) {
        long left = machine.forModels() - fixed;
        return (int) Math.max(1, Math.min(batchSize, left / Math.max(1, image)));
    }
}
