package io.numclip.training;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which training images an epoch sees, and in which order. */
final class EpochOrder {

    private final int count;
    private final int length;
    private final long seed;
    private final double @Nullable [] weights;
    private final Comparisons comparisons;

    private EpochOrder(int count, int length, long seed, double @Nullable [] weights, Comparisons comparisons) {
        this.count = count;
        this.length = length;
        this.seed = seed;
        this.weights = weights;
        this.comparisons = comparisons;
    }

    static EpochOrder of(TrainingConfig config, List<LabeledImage> images, Bins bins, LabelScale scale) {
        int length = config.stepsPerEpoch() > 0 ? config.stepsPerEpoch() * config.batchSize() : images.size();
        return new EpochOrder(
                images.size(),
                length,
                config.seed(),
                weights(config.sampling(), images, bins, scale),
                Comparisons.of(images));
    }

    private static double @Nullable [] weights(
            Sampling sampling, List<LabeledImage> images, Bins bins, LabelScale scale) {
        if (sampling == Sampling.NATURAL) {
            return null;
        }
        double[] labels = images.stream().mapToDouble(LabeledImage::label).toArray();
        return sampling.weights(labels, bins, scale);
    }

    /**
     * The next images from passes that follow one another; where an epoch begins in them follows from its number. Images that were
     * compared follow each other.
     */
    int[] of(int epoch) {
        int[] order = new int[length];
        long start = (long) (epoch - 1) * length;
        for (int filled = 0; filled < length; ) {
            int[] pass = pass((int) ((start + filled) / count) + 1);
            int from = (int) ((start + filled) % count);
            int some = Math.min(count - from, length - filled);
            System.arraycopy(pass, from, order, filled, some);
            filled += some;
        }
        return comparisons.together(order, RandomOrder.random(seed, epoch, -1));
    }

    /** @param number counted from 1 */
    private int[] pass(int number) {
        return weights == null
                ? RandomOrder.permutation(count, seed, number)
                : RandomOrder.weighted(weights, seed, number);
    }
}
