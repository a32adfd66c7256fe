package io.numclip.uncertainty;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the distribution of an image's label over the scale is made. It is symmetric around the predicted number, with the errors of
 * calibration images as its shape; or, where that is likelier and each number has a word of its own, it is that of the words.
 *
 * @param ofWords whether it is that of the words; then the likeliest is the number
 * @param errors |label − number| of calibration images as shares of the expected ones, ascending, at most {@value #MOST}; empty
 *     with words
 */
public record NumberForm(boolean ofWords, List<Double> errors) {

    private static final int MOST = 200;

    public NumberForm {
        errors = List.copyOf(errors);
        if (ofWords != errors.isEmpty()) {
            throw new IllegalArgumentException("a distribution is that of words, or has the shape of errors");
        }
    }

    static NumberForm words() {
        return new NumberForm(true, List.of());
    }

    /** @param scores (N) errors as shares of the expected ones; not empty */
    static NumberForm errors(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int kept = Math.min(MOST, sorted.length);
        List<Double> shares = IntStream.rangeClosed(1, kept)
                .mapToObj(i -> sorted[(int) ((long) i * (sorted.length + 1) / (kept + 1)) - 1])
                .toList();
        return new NumberForm(false, shares);
    }

    /** What an image's distribution is spread around: half of it lies above the number, and the errors differ by side. */
    record Around(double number, double errorBelow, double errorAbove) {}

    /** (K) the chance of each bin by the errors; they sum to 1. What lies beyond the scale is at its end. */
    double[] chances(Around around, Bins bins, LabelScale scale) {
        double[] chances = new double[bins.size()];
        double above = 0;
        for (int k = chances.length - 1; k > 0; k--) {
            double edge = bins.get(k).lower();
            double from = scale.wholeNumbers() && LabelScale.isWhole(edge) ? edge - 0.5 : edge;
            double atLeast = Math.max(above, atLeast(from, around));
            chances[k] = atLeast - above;
            above = atLeast;
        }
        chances[0] = 1 - above;
        return chances;
    }

    /** The chance that the label is at least so large. */
    double atLeast(double edge, Around around) {
        double distance = edge - around.number;
        return distance > 0 ? beyond(distance / around.errorAbove) / 2 : 1 - beyond(-distance / around.errorBelow) / 2;
    }

    /**
     * The share of errors above a distance. Between two errors it falls evenly, and after the last one like an exponential.
     *
     * @param distance as a share of the expected error, at least 0
     */
    private double beyond(double distance) {
        int n = errors.size();
        int below = 0; // errors that are not beyond
        while (below < n && errors.get(below) <= distance) {
            below++;
        }
        double from = below == 0 ? 0 : errors.get(below - 1);
        if (below == n) {
            double mean =
                    errors.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
            return (mean == 0 ? 0 : Math.exp((from - distance) / mean)) / (n + 1);
        }
        double next = (distance - from) / (errors.get(below) - from);
        return 1 - (below + next) / (n + 1);
    }

    /** Whether each bin holds one number of a scale of whole ones. */
    static boolean isOnePerWord(Bins bins, LabelScale scale) {
        return scale.wholeNumbers()
                && bins.list().stream().allMatch(bin -> {
                    double first = Math.ceil(bin.lower());
                    boolean isTop = bin.upper() >= scale.maximum();
                    return first <= bin.upper() && (isTop ? first + 1 > bin.upper() : first + 1 >= bin.upper());
                });
    }

    /** (K) the number that each bin holds, where it holds one. */
    static double[] numbers(Bins bins) {
        return bins.list().stream().mapToDouble(bin -> Math.ceil(bin.lower())).toArray();
    }

    /** The same predictions, whose numbers are those of the likeliest words. */
    static LabeledPredictions likeliest(LabeledPredictions raw, Bins bins) {
        List<Prediction> predictions = raw.predictions().stream()
                .map(each -> new Prediction(likeliest(each.probabilities(), bins), each.concepts()))
                .toList();
        return new LabeledPredictions(raw.images(), predictions);
    }

    /** @param probabilities (K) */
    static double likeliest(double[] probabilities, Bins bins) {
        return numbers(bins)[Prediction.indexOfLargest(probabilities)];
    }
}
