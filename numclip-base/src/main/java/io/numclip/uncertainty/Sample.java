package io.numclip.uncertainty;

import io.numclip.data.Bins;
import io.numclip.data.LabeledPredictions;
import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered of images on which intervals were calibrated or tested, to tell whether both are alike.
 *
 * @param size by how alike the images of a group are in whether the interval misses the label
 * @param labels by how alike the labels of a group are
 * @param bins (K) number of labels in each bin
 */
public record Sample(Size size, Size labels, List<Integer> bins) {

    public Sample {
        bins = List.copyOf(bins);
    }

    /**
     * @param missed (N) 1 where the label lies outside the interval, else 0
     * @param group attribute that says which images belong together
     */
    public static Sample of(LabeledPredictions predictions, double[] missed, Bins scale, String group) {
        List<String> groups = Size.groups(predictions.images(), group);
        int[] counts = new int[scale.size()];
        for (double label : predictions.labels()) {
            counts[scale.indexOf(label)]++;
        }
        List<Integer> bins = new ArrayList<>();
        for (int count : counts) {
            bins.add(count);
        }
        return new Sample(Size.of(groups, missed), Size.of(groups, predictions.labels()), bins);
    }

    /** Chance of labels that are distributed so unlike those of another sample, if nothing has changed. */
    public double chanceOfLabels(Sample other) {
        double inflation =
                (labels.images() / labels.effective() + other.labels.images() / other.labels.effective()) / 2;
        return Chance.ofDifference(counts(), other.counts(), inflation);
    }

    public double[] counts() {
        return bins.stream().mapToDouble(Integer::doubleValue).toArray();
    }
}
