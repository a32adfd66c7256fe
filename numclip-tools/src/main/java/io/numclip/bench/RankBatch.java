package io.numclip.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.numclip.data.Bins;
import io.numclip.head.SsrHead;
import io.numclip.model.ScopedParameters;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import java.util.Collections;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Random outputs of a network with many ranks, from a normal distribution, and targets for them. Letters: N images, K
 * ranks, D width of the joint space.
 */
final class RankBatch implements AutoCloseable {

    static final int IMAGES = 512;
    static final int RANKS = 101;

    private static final int EMBED_DIM = 512;

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Random random = new Random(1);
    private final int images;
    private final Bins bins;
    private final NumClipOutput output;
    private final Targets targets;

    RankBatch() {
        this(IMAGES, RANKS);
    }

    RankBatch(int images, int ranks) {
        this.images = images;
        this.bins = Ages.ranks(ranks);
        this.output = new NumClipOutput(
                directions(images), // (N, D)
                directions(ranks), // (K, D)
                bell(images, ranks), // (N, K)
                bell(images, 1).mul(20).add(50).flatten()); // (N)
        this.targets = targets();
    }

    RankingLoss.Context context() {
        return new RankingLoss.Context(bins, EMBED_DIM, Collections.nCopies(bins.size(), images));
    }

    /** An SSR head with parameters to train. */
    FineHead ssrHead() {
        SsrHead.Factory factory = new SsrHead.Factory();
        FineHead head = factory.create(factory.defaults(), new HeadContext(bins, EMBED_DIM));
        head.initialize(manager, DataType.FLOAT32, new Shape(1, bins.size()), new Shape(1, EMBED_DIM));
        return head;
    }

    /** The same output with the value of a head. */
    static NumClipOutput refined(FineHead head, NumClipOutput output) {
        ParameterStore parameters = new ScopedParameters(output.logits().getManager());
        NDArray value = head.refine(parameters, output.logits(), output.imageFeatures(), true); // (N)
        return new NumClipOutput(output.imageFeatures(), output.textFeatures(), output.logits(), value);
    }

    /**
     * Forward and backward, with gradients for the whole output. All that a step allocates is freed with it, as in
     * training.
     *
     * @param loss of outputs and targets
     */
    float step(BiFunction<NumClipOutput, Targets, NDArray> loss) {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NumClipOutput leaves = new NumClipOutput(
                    leaf(output.imageFeatures(), scope),
                    leaf(output.textFeatures(), scope),
                    leaf(output.logits(), scope),
                    leaf(output.value(), scope));
            Targets truth = new Targets(view(targets.values(), scope), view(targets.bins(), scope));
            NDArray total = loss.apply(leaves, truth); // ()
            collector.backward(total);
            return total.getFloat();
        }
    }

    /** The same numbers, not copied, as a leaf of a graph that is freed with the scope. */
    private static NDArray leaf(NDArray array, NDManager scope) {
        NDArray leaf = view(array, scope);
        leaf.setRequiresGradient(true);
        return leaf;
    }

    private static NDArray view(NDArray array, NDManager scope) {
        NDArray view = array.stopGradient();
        view.attach(scope);
        return view;
    }

    private Targets targets() {
        float[] labels = new float[images];
        for (int i = 0; i < images; i++) {
            labels[i] = random.nextInt(bins.size());
        }
        long[] ranks = IntStream.range(0, images)
                .mapToLong(i -> bins.indexOf(labels[i]))
                .toArray();
        return new Targets(manager.create(labels), manager.create(ranks));
    }

    /** Rows of length 1. */
    private NDArray directions(int rows) {
        NDArray bell = bell(rows, EMBED_DIM);
        return bell.div(bell.norm(new int[] {1}, true));
    }

    private NDArray bell(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(rows, columns));
    }

    @Override
    public void close() {
        manager.close();
    }
}
