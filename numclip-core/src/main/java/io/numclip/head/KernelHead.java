package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FittedCoarseHead;
import io.numclip.spi.HeadContext;
import io.numclip.spi.InvalidSettingException;
import io.numclip.yardstick.KernelRidge;
import io.numclip.yardstick.Sparsemax;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Kernel ridge regression (Saunders, Gammerman and Vovk 1998) of all classes at once: p = p̄ + k(x, X)·(k(X, X) + λI)⁻¹·(Y − p̄) with
 * k(a, b) = exp(−γ·|a − b|²/d), p̄ the shares of the classes in training, Y who is of which class, and d the mean squared distance
 * of two training images; of these scores the nearest probabilities are taken ({@link Sparsemax}). γ and λ are those with the
 * lowest MAE of the median class by leaving one out, which is known in closed form (Rifkin and Lippert 2007, section 3.2).
 * Notation: S images that there is room for, n that are stored.
 */
public final class KernelHead extends AbstractBlock implements FittedCoarseHead {

    /** Of a class that is not likely at all, so that its logarithm is finite. */
    public static final double SMALLEST_SHARE = 1e-9;

    /** Their kernel takes 72 MB. */
    private static final int ENOUGH_IMAGES = 3000;

    private static final int LARGEST_SIZE = 10_000; // 800 MB

    private final int size;
    private final float[] anchors; // (K)
    private final Parameter keys; // (S, D)
    private final Parameter weights; // (S, K)
    private final Parameter shares; // (K)
    private final Parameter sharpness; // (1) γ/d

    private KernelHead(Config config, HeadContext context) {
        size = config.size();
        anchors = Anchors.BIN.of(context.bins());
        keys = addParameter(ZeroParameter.of("keys", new Shape(size, context.embedDim())));
        weights = addParameter(ZeroParameter.of("weights", new Shape(size, anchors.length)));
        shares = addParameter(ZeroParameter.of("shares", new Shape(anchors.length)));
        sharpness = addParameter(ZeroParameter.of("sharpness", new Shape(1)));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> unused) {
        NDArray features = inputs.get(0); // (N, D)
        if (!isFitted()) {
            return new NDList(
                    features.getManager().zeros(new Shape(features.getShape().get(0), anchors.length)));
        }
        NDArray stored = parameters.getValue(keys, features.getDevice(), training); // (S, D)
        NDArray slope =
                parameters.getValue(weights, features.getDevice(), training); // (S, K), 0 where nothing is stored
        NDArray alike = ImageRoom.distances(features, stored)
                .mul(parameters.getValue(sharpness, features.getDevice(), training))
                .neg()
                .exp(); // (N, S)
        NDArray found = alike.matMul(slope).add(parameters.getValue(shares, features.getDevice(), training));
        return new NDList(Sparsemax.of(found).maximum(SMALLEST_SHARE).log()); // (N, K)
    }

    /** If not, all classes are alike, and nothing is to be compared. */
    private boolean isFitted() {
        return sharpness.getArray().toFloatArray()[0] > 0;
    }

    @Override
    public void fit(Examples training, Examples validation, NDArray textFeatures, NDArray logitScale) {
        try (NDManager scope = training.imageFeatures().getManager().newSubManager()) {
            NDArray images = drawn(training.imageFeatures(), scope); // (n, D)
            NDArray distances = ImageRoom.distances(images, images); // (n, n)
            NDArray exact = distances.toType(DataType.FLOAT64, false);
            NDArray mean = exact.mean();
            NDArray even = exact.div(mean.maximum(Float.MIN_NORMAL));
            new NDList(distances, exact, mean, even).attach(scope);
            KernelRidge ridge = KernelRidge.fit(even, drawn(training.bins(), scope), anchors);
            ImageRoom.fill(keys, images);
            ImageRoom.fill(weights, ridge.weights().toType(DataType.FLOAT32, false));
            shares.getArray().set(new NDIndex("..."), ridge.shares().toType(DataType.FLOAT32, false));
            ImageRoom.set(sharpness, ridge.gamma() / Math.max(mean.getDouble(), Float.MIN_NORMAL));
        }
    }

    /** Every image, or so many of them, at even distances, that there is room. */
    private NDArray drawn(NDArray rows, NDManager scope) {
        int count = (int) rows.getShape().get(0);
        if (count <= size) {
            NDArray all = rows.duplicate();
            all.attach(scope);
            return all;
        }
        long[] places = LongStream.range(0, size).map(i -> i * count / size).toArray();
        NDArray some = rows.get(scope.create(places));
        some.attach(scope);
        return some;
    }

    @Override
    public boolean isDifferentiable() {
        return false;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), anchors.length)};
    }

    /** @param size training images that an image is compared with at most; of more, so many at even distances in the list */
    public record Config(int size) {
        public Config {
            if (size < 1 || size > LARGEST_SIZE) {
                throw new InvalidSettingException("size", "must be 1 to " + LARGEST_SIZE + "; found " + size);
            }
        }
    }

    /** {@code type: kernel}. */
    @Extension
    public static final class Factory implements CoarseHead.Factory<Config> {

        @Override
        public String type() {
            return "kernel";
        }

        @Override
        public Config defaults() {
            return new Config(ENOUGH_IMAGES);
        }

        @Override
        public String source() {
            return "kernel ridge regression of all classes, γ and λ by leaving one out: Rifkin, Lippert 2007";
        }

        @Override
        public Config forImages(Config config, int trainingImages) {
            return new Config(Math.min(config.size(), trainingImages));
        }

        @Override
        public CoarseHead create(Config config, HeadContext context) {
            return new KernelHead(config, context);
        }
    }
}
