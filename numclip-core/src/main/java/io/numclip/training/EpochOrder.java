package io.numclip.training;

import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which training images an epoch sees, and in which order. */
final class EpochOrder {

    private final int count;
    private final long seed;
    private final double @Nullable [] weights;

    private EpochOrder(int count, long seed, double @Nullable [] weights) {
        this.count = count;
        this.seed = seed;
        this.weights = weights;
    }

    static EpochOrder of(TrainingConfig config, List<LabeledImage> images, Bins bins) {
        return new EpochOrder(images.size(), config.seed(), weights(config.sampling(), images, bins));
    }

    private static double @Nullable [] weights(Sampling sampling, List<LabeledImage> images, Bins bins) {
        if (sampling == Sampling.NATURAL) {
            return null;
        }
        double[] labels = images.stream().mapToDouble(LabeledImage::label).toArray();
        return sampling.weights(labels, bins);
    }

    int[] of(int epoch) {
        return weights == null
                ? RandomOrder.permutation(count, seed, epoch)
                : RandomOrder.weighted(weights, seed, epoch);
    }
}
