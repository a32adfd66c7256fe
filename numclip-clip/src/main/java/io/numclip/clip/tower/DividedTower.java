package io.numclip.clip.tower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.kernel.ComputingThreads;
import io.numclip.clip.kernel.NativeThreads;
import io.numclip.machine.ProcessorShare;
import java.util.List;
import java.util.Optional;

/**
 * An image tower in training that takes parts of a batch through its layers at the same time, each on a thread of its own, as
 * threads of one operation wait for each other several hundred times in each batch. Gradients of the parts are added in their
 * order, so the same number of parts gives the same bits. The caller leaves the processors to the parts if its own
 * operations use one thread ({@link NativeThreads#one}). On one processor there is one part, which is faster than a graph
 * ({@link TowerPart}).
 */
public final class DividedTower implements AutoCloseable {

    private static final int FEWEST_IMAGES = 6; // of a part; fewer are slower
    private static final long MOST_BYTES = 64L << 20; // of the weights: each part has gradients of its own

    private final ImageTower image;
    private final NDManager owner;
    private final List<TowerPart> parts; // the first one has the gradients of the parameters
    private final ComputingThreads threads;

    private DividedTower(ImageTower image, int parts, int threadsOfAPart) {
        this.image = image;
        owner = image.manager().newSubManager();
        threads = ComputingThreads.start("tower-part", parts, threadsOfAPart);
        this.parts = threads.all(parts, part -> part == 0 ? image.part(owner) : image.replica(owner));
    }

    /**
     * Of a tower whose weights are trained from now on; empty where it would not pay: a GPU, few images for several processors,
     * large weights, low-rank changes.
     *
     * @param batchSize images of most batches
     */
    public static Optional<DividedTower> of(ImageTower image, int batchSize) {
        return of(image, batchSize, ProcessorShare.chosen());
    }

    static Optional<DividedTower> of(ImageTower image, int batchSize, int processors) {
        int parts = Math.min(processors, batchSize / FEWEST_IMAGES);
        boolean pays = (parts > 1 || parts == processors)
                && !image.manager().getDevice().isGpu()
                && image.tower().learnsWeights()
                && isSmall(image.config(), image.precision());
        return pays ? Optional.of(new DividedTower(image, parts, processors / parts)) : Optional.empty();
    }

    /** Whether each part can have gradients of its own. */
    static boolean isSmall(ClipConfig config, Precision precision) {
        return PredictionMemory.of(config, precision).weights() <= MOST_BYTES;
    }

    /** A batch that has been through the tower; only the last one can go back. */
    public final class Pass {

        private final NDArray features;
        private final int count; // of parts

        private Pass(List<NDArray> parts) {
            features = NDArrays.concat(new NDList(parts));
            features.setRequiresGradient(true);
            count = parts.size();
        }

        /** @return rows as {@link ImageTower#encode} gives them; they require a gradient, and have no graph behind them */
        public NDArray features() {
            return features;
        }

        /** Takes the gradient of {@link #features} to the parameters of the tower. */
        public void backward() {
            try (NDArray gradient = features.getGradient()) {
                NDList gradients = cut(gradient, count);
                threads.all(count, part -> {
                    parts.get(part).backward(gradients.get(part));
                    return part;
                });
                if (count > 1) {
                    image.tower()
                            .addGradients(parts.subList(1, parts.size()).stream()
                                    .map(TowerPart::weights)
                                    .toList());
                }
            }
        }
    }

    /** @param pixels (N, 3, H, W) float32, normalised */
    public Pass forward(NDArray pixels) {
        image.requireShape(pixels);
        NDList some = cut(pixels, parts.size()); // (n, 3, H, W) each
        return new Pass(threads.all(some.size(), part -> parts.get(part).forward(some.get(part))));
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
