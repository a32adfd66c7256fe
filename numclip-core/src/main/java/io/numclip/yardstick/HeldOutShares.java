package io.numclip.yardstick;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link KernelRidge} says of images that it has not learned: those of each part from the images of all other parts, of which it
 * learns {@value #ENOUGH_IMAGES} at most. γ and λ are those that are best for the first part.
 */
public final class HeldOutShares {

    private static final int ENOUGH_IMAGES = 3000;

    private final NDArray images; // (N, D)
    private final NDArray classes; // (N)
    private final float[] anchors; // (K)
    private @Nullable KernelRidge chosen;

    private HeldOutShares(NDArray images, NDArray classes, float... anchors) {
        this.images = images;
        this.classes = classes;
        this.anchors = anchors;
    }

    /**
     * @param features (N, D)
     * @param classes (N) index of each image's class
     * @param anchors (K) the number that each class stands for
     * @param parts (N) which part each image is in, from 0; two at least
     * @param manager holds nothing of it afterwards
     * @return (N, K) probabilities
     */
    public static double[][] of(float[][] features, long[] classes, float[] anchors, int[] parts, NDManager manager) {
        double[][] shares = new double[features.length][];
        try (NDManager scope = manager.newSubManager()) {
            NDArray images = scope.create(features).toType(DataType.FLOAT64, false);
            HeldOutShares each = new HeldOutShares(images, scope.create(classes), anchors);
            int count = Arrays.stream(parts).max().orElseThrow() + 1;
            for (int part = 0; part < count; part++) {
                int now = part;
                int[] asked = where(parts, other -> other == now);
                double[] found = each.of(spread(where(parts, other -> other != now)), asked, scope);
                for (int i = 0; i < asked.length; i++) {
                    shares[asked[i]] = Arrays.copyOfRange(found, i * anchors.length, (i + 1) * anchors.length);
                }
            }
        }
        return shares;
    }

    /** @return (n · K) */
    private double[] of(int[] learned, int[] asked, NDManager all) {
        try (NDManager scope = all.newSubManager()) {
            NDArray known = rows(images, learned, scope); // (n, D)
            NDArray distances = distances(known, known); // (n, n)
            NDArray mean = distances.mean().maximum(Float.MIN_NORMAL);
            NDArray even = distances.div(mean);
            NDArray seen = rows(classes, learned, scope);
            KernelRidge before = chosen;
            KernelRidge ridge = before == null
                    ? KernelRidge.fit(even, seen, anchors)
                    : KernelRidge.solved(
                            even,
                            seen.oneHot(anchors.length).toType(DataType.FLOAT64, false),
                            before.gamma(),
                            before.lambda(),
                            anchors);
            chosen = ridge;
            NDArray alike = distances(rows(images, asked, scope), known)
                    .div(mean)
                    .mul(-ridge.gamma())
                    .exp();
            return Sparsemax.of(alike.matMul(ridge.weights()).add(ridge.shares()))
                    .toDoubleArray();
        }
    }

    private static NDArray rows(NDArray of, int[] chosen, NDManager scope) {
        NDArray rows = of.get(scope.create(chosen));
        rows.attach(scope);
        return rows;
    }

    /** Squared. */
    private static NDArray distances(NDArray a, NDArray b) {
        NDArray first = a.square().sum(new int[] {1}, true); // (n, 1)
        NDArray second = b.square().sum(new int[] {1}); // (m)
        return a.matMul(b.transpose()).mul(-2).add(first).add(second).maximum(0);
    }

    private static int[] where(int[] parts, IntPredicate is) {
        return IntStream.range(0, parts.length).filter(i -> is.test(parts[i])).toArray();
    }

    /** All, or so many at even distances. */
    private static int[] spread(int... all) {
        return all.length <= ENOUGH_IMAGES
                ? all
                : IntStream.range(0, ENOUGH_IMAGES)
                        .map(i -> all[(int) ((long) i * all.length / ENOUGH_IMAGES)])
                        .toArray();
    }
}
