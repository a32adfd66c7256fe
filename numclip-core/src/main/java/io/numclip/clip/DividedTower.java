package io.numclip.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.numclip.machine.ProcessorShare;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An image tower in training that takes parts of a batch through its layers at the same time, each on a thread of its own, as
 * threads of one operation wait for each other several hundred times in each batch. Gradients of the parts are added in their
 * order, so the same number of parts gives the same bits. The caller leaves the processors to the parts if its own
 * operations use one thread ({@link NativeThreads#one}).
 */
public final class DividedTower implements AutoCloseable {

    private static final int FEWEST_IMAGES = 8; // of a part; fewer are slower
    private static final long MOST_BYTES = 64L << 20; // of the weights: each part has gradients of its own

    private final ImageTower image;
    private final NDManager owner;
    private final List<List<NDArray>> weights; // of the first part: the parameters; of each other: copies
    private final ComputingThreads threads;

    private DividedTower(ImageTower image, int parts, int threadsOfAPart) {
        this.image = image;
        owner = image.manager().newSubManager();
        weights = IntStream.range(0, parts)
                .mapToObj(part ->
                        part == 0 ? image.tower().weights() : image.tower().copies(owner))
                .toList();
        threads = ComputingThreads.start("tower-part", parts, threadsOfAPart);
    }

    /**
     * Of a tower whose weights are trained from now on; empty where division would not pay: one processor, a GPU, few images,
     * large weights, low-rank changes.
     *
     * @param batchSize images of most batches
     */
    public static Optional<DividedTower> of(ImageTower image, int batchSize) {
        return of(image, batchSize, ProcessorShare.chosen());
    }

    static Optional<DividedTower> of(ImageTower image, int batchSize, int processors) {
        int parts = Math.min(processors, batchSize / FEWEST_IMAGES);
        boolean pays = parts > 1
                && !image.manager().getDevice().isGpu()
                && image.tower().learnsWeights()
                && image.memory().weights() <= MOST_BYTES;
        return pays ? Optional.of(new DividedTower(image, parts, processors / parts)) : Optional.empty();
    }

    /** A batch that has been through the tower. */
    public final class Pass {

        private final NDList parts; // (n, D) each, with their graphs
        private final NDArray features;

        private Pass(NDList parts) {
            this.parts = parts;
            NDList rows = new NDList();
            parts.forEach(part -> rows.add(part.stopGradient()));
            features = NDArrays.concat(rows);
            features.setRequiresGradient(true);
        }

        /** @return (N, D) requires a gradient, and has no graph behind it */
        public NDArray features() {
            return features;
        }

        /** Takes the gradient of {@link #features} to the parameters of the tower. */
        public void backward() {
            try (NDArray gradient = features.getGradient()) { // (N, D)
                NDList gradients = cut(gradient, parts.size());
                threads.all(parts.size(), part -> {
                    JniUtils.backward((PtNDArray) parts.get(part), (PtNDArray) gradients.get(part), false, false);
                    return part;
                });
                if (parts.size() > 1) {
                    image.tower().addGradients(weights.subList(1, parts.size()));
                }
            }
        }
    }

    /** @param pixels (N, 3, H, W) float32, normalised */
    public Pass forward(NDArray pixels) {
        NDList parts = cut(pixels, weights.size()); // (n, 3, H, W) each
        return new Pass(
                new NDList(threads.all(parts.size(), part -> image.encode(parts.get(part), weights.get(part)))));
    }

    /** At most so many, of equal size but for the last. */
    private static NDList cut(NDArray array, int most) {
        long count = array.getShape().get(0);
        return BatchParts.of(array, (count + most - 1) / most);
    }

    @Override
    public void close() {
        threads.close();
        owner.close();
    }
}
