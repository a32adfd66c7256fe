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
import io.numclip.spi.Constants;
import io.numclip.spi.FittedCoarseHead;
import io.numclip.spi.HeadContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * k nearest neighbours (Cover and Hart 1967): the probability of a concept is its share of the k training images whose
 * features are nearest, by Euclidean distance; of equals, the earlier ones are nearer. Features have length 1, so that is
 * the order by cosine. Notation: S images that there is room for, n that are stored.
 */
public final class NeighboursHead extends AbstractBlock implements FittedCoarseHead {

    /** The share of a concept that no neighbour shows, so that its logarithm is finite. */
    public static final double SMALLEST_SHARE = 1e-9;

    private static final List<Integer> CHOICES = List.of(1, 2, 4, 8, 16, 32, 64);

    private final int size;
    private final float[] anchors; // (K)
    private final Parameter keys; // (S, D)
    private final Parameter values; // (S, K)
    private final Parameter stored; // (1)
    private final Parameter k; // (1)

    private NeighboursHead(Config config, HeadContext context) {
        size = config.size();
        anchors = Anchors.BIN.of(context.bins());
        keys = addParameter(ZeroParameter.of("keys", new Shape(size, context.embedDim())));
        values = addParameter(ZeroParameter.of("values", new Shape(size, anchors.length)));
        stored = addParameter(ZeroParameter.of("stored", new Shape(1)));
        k = addParameter(ZeroParameter.of("k", new Shape(1)));
    }

    /** n; before a fit, one image that shows nothing. */
    public int storedImages() {
        return whole(stored, size);
    }

    /** k. */
    public int neighbours() {
        return whole(k, storedImages());
    }

    /** From 1 to the largest one, whatever is stored. */
    private static int whole(Parameter parameter, int largest) {
        int found = Math.round(parameter.getArray().toFloatArray()[0]);
        return Math.max(1, Math.min(found, largest));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> unused) {
        NDArray features = inputs.get(0); // (N, D)
        NDIndex filled = new NDIndex(":" + storedImages());
        NDArray known =
                parameters.getValue(keys, features.getDevice(), training).get(filled); // (n, D)
        NDArray shown =
                parameters.getValue(values, features.getDevice(), training).get(filled); // (n, K)
        NDArray shares = shares(ImageRoom.distances(features, known), shown, neighbours()); // (N, K)
        return new NDList(shares.clip(SMALLEST_SHARE, 1).log()); // (N, K)
    }

    /**
     * @param distances (N, n)
     * @param shown (n, K)
     * @return (N, K)
     */
    private static NDArray shares(NDArray distances, NDArray shown, int neighbours) {
        NDArray count = Constants.number(distances, neighbours); // ()
        return nearest(distances, neighbours).matMul(shown).div(count);
    }

    /** @return (N, n) 1 for a neighbour, 0 for others */
    private static NDArray nearest(NDArray distances, int neighbours) {
        NDArray farthest = distances.topK(neighbours, 1, false, false).get(0).max(new int[] {1}, true); // (N, 1)
        NDArray nearer = number(distances.lt(farthest)); // (N, n)
        NDArray equal = number(distances.eq(farthest)); // (N, n)
        NDArray places = Constants.number(distances, neighbours).sub(nearer.sum(new int[] {1}, true)); // (N, 1)
        return nearer.add(equal.mul(number(equal.cumSum(1).lte(places))));
    }

    private static NDArray number(NDArray truth) {
        return truth.toType(DataType.FLOAT32, false);
    }

    /** k is the one of 1, 2, 4 … 64 with the lowest MAE of the mean anchor on the validation images; the smallest of equals. */
    @Override
    public void fit(Examples training, Examples validation, NDArray textFeatures, NDArray logitScale) {
        int count = ImageRoom.count(training.imageFeatures(), size);
        try (NDManager scope = training.imageFeatures().getManager().newSubManager()) {
            NDArray shown = number(training.bins().oneHot(anchors.length)); // (n, K)
            NDArray distances = ImageRoom.distances(validation.imageFeatures(), training.imageFeatures()); // (M, n)
            NDArray truth = mean(number(validation.bins().oneHot(anchors.length))); // (M)
            new NDList(shown, distances, truth).attach(scope);
            ImageRoom.fill(keys, training.imageFeatures());
            ImageRoom.fill(values, shown);
            ImageRoom.set(stored, count);
            ImageRoom.set(k, best(distances, shown, truth));
        }
    }

    private int best(NDArray distances, NDArray shown, NDArray truth) {
        int best = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int choice : CHOICES) {
            int some = (int) Math.min(choice, shown.getShape().get(0));
            double mae = meanAbsoluteError(distances, shown, truth, some);
            if (mae < least) {
                least = mae;
                best = some;
            }
        }
        return best;
    }

    private double meanAbsoluteError(NDArray distances, NDArray shown, NDArray truth, int neighbours) {
        try (NDManager scope = distances.getManager().newSubManager()) {
            NDArray own = distances.duplicate();
            own.attach(scope);
            return mean(shares(own, shown, neighbours)).sub(truth).abs().mean().getFloat();
        }
    }

    /** @return (N) the mean anchor */
    private NDArray mean(NDArray shares) {
        return shares.matMul(Constants.vector(shares, anchors));
    }

    @Override
    public boolean isDifferentiable() {
        return false;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), anchors.length)};
    }

    /** @param size training images that there is room for; 0: as many as there are */
    public record Config(int size) {
        public Config {
            ImageRoom.checkSize(size);
        }
    }

    /** {@code type: neighbours}. */
    @Extension
    public static final class Factory implements CoarseHead.Factory<Config> {

        @Override
        public String type() {
            return "neighbours";
        }

        @Override
        public Config defaults() {
            return new Config(ImageRoom.AS_MANY_AS_THERE_ARE);
        }

        @Override
        public String source() {
            return "k nearest neighbours: Cover, Hart 1967; p = share of the concept among the k nearest training images";
        }

        @Override
        public Config forImages(Config config, int trainingImages) {
            return new Config(ImageRoom.of(config.size(), trainingImages));
        }

        @Override
        public CoarseHead create(Config config, HeadContext context) {
            return new NeighboursHead(config, context);
        }
    }
}
