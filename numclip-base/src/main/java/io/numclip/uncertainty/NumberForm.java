package io.numclip.uncertainty;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.uncertainty.temperature.OpinionPool;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the distribution of an image's label over the scale is made. It is symmetric around the predicted number, with the errors of
 * calibration images as its shape, and what the words know besides; or, where that is likelier and each number has a word of its
 * own, it is that of the words.
 *
 * @param ofWords whether it is that of the words; then the likeliest is the number
 * @param errors |label − number| of calibration images as shares of the expected ones, ascending, at most {@value #MOST}; empty
 *     with words
 * @param pool of errors and words; null: errors alone
 */
public record NumberForm(
        boolean ofWords, List<Double> errors, @Nullable OpinionPool pool) {

    private static final int MOST = 200;

    public NumberForm {
        errors = List.copyOf(errors);
        if (ofWords != errors.isEmpty()) {
            throw new IllegalArgumentException("a distribution is that of words, or has the shape of errors");
        }
    }

    static NumberForm words() {
        return new NumberForm(true, List.of(), null);
    }

    /** @param scores (N) errors as shares of the expected ones; not empty */
    static NumberForm errors(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int kept = Math.min(MOST, sorted.length);
        List<Double> shares = IntStream.rangeClosed(1, kept)
                .mapToObj(i -> sorted[(int) ((long) i * (sorted.length + 1) / (kept + 1)) - 1])
                .toList();
        return new NumberForm(false, shares, null);
    }

    NumberForm pooledBy(OpinionPool known) {
        return new NumberForm(ofWords, errors, known);
    }

    /** (K) with what the words (K) know besides. */
    double[] pooled(double[] byErrors, double[] words) {
        return pool == null ? byErrors : pool.apply(byErrors, words);
    }

    /**
     * What an image's distribution is spread around: half of it lies above the number, and the errors differ by side. Where no
     * calibration image has one, one unit of the scale stands for it: few images cannot make sure.
     */
    record Around(double number, double errorBelow, double errorAbove) {
        Around {
            errorBelow = errorBelow > 0 ? errorBelow : 1;
            errorAbove = errorAbove > 0 ? errorAbove : 1;
        }
    }

    /**
     * (K) the chance of each bin by the errors; they sum to 1. What lies beyond the scale is at its end. None is likelier than that
     * of the number: where a wider neighbour would be, the two share what they have.
     */
    double[] chances(Around around, Bins bins, LabelScale scale) {
        double[] sorted = sorted();
        double[] chances = new double[bins.size()];
        double above = 0;
        for (int k = chances.length - 1; k > 0; k--) {
            double edge = bins.get(k).lower();
            double from = scale.wholeNumbers() && LabelScale.isWhole(edge) ? edge - 0.5 : edge;
            double atLeast = Math.max(above, atLeast(from, around, sorted));
            chances[k] = atLeast - above;
            above = atLeast;
        }
        chances[0] = 1 - above;
        share(chances, bins.indexOf(around.number));
        return chances;
    }

    /** The nearest chances (least squares) of which that of one bin is the largest. */
    static void share(double[] chances, int bin) {
        List<Integer> likelier = IntStream.range(0, chances.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -chances[k]))
                .toList();
        double sum = chances[bin];
        int together = 1;
        for (int k : likelier) {
            if (k != bin && chances[k] > sum / together) {
                sum += chances[k];
                together++;
                chances[k] = -1;
            }
        }
        chances[bin] = sum / together;
        for (int k = 0; k < chances.length; k++) {
            chances[k] = chances[k] == -1 ? Math.nextDown(sum / together) : chances[k];
        }
    }

    /** The chance that the label is at least so large. */
    double atLeast(double edge, Around around) {
        return atLeast(edge, around, sorted());
    }

    private double[] sorted() {
        return errors.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double atLeast(double edge, Around around, double[] sorted) {
        double distance = edge - around.number;
        return distance > 0
                ? beyond(distance / around.errorAbove, sorted) / 2
                : 1 - beyond(-distance / around.errorBelow, sorted) / 2;
    }

    /**
     * The share of errors above a distance. Between two errors it falls evenly, and after the last one like an exponential.
     *
     * @param distance as a share of the expected error, at least 0
     */
    private static double beyond(double distance, double[] sorted) {
        int n = sorted.length;
        int below = upTo(distance, sorted);
        double from = below == 0 ? 0 : sorted[below - 1];
        if (below == n) {
            double mean = Arrays.stream(sorted).average().orElseThrow();
            return Math.exp((from - distance) / (mean > 0 ? mean : 1)) / (n + 1);
        }
        double next = (distance - from) / (sorted[below] - from);
        return 1 - (below + next) / (n + 1);
    }

    /** How many errors are not beyond a distance. */
    private static int upTo(double distance, double[] sorted) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) / 2;
            if (sorted[middle] <= distance) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether each bin holds one number of a scale of whole ones. */
    static boolean isOnePerWord(Bins bins, LabelScale scale) {
        return scale.wholeNumbers()
                && bins.list().stream().allMatch(bin -> {
                    double first = number(bin);
                    boolean isTop = bin.upper() >= scale.maximum();
                    return first <= bin.upper() && (isTop ? first + 1 > bin.upper() : first + 1 >= bin.upper());
                });
    }

    /** The number that a bin holds, where it holds one. */
    static double number(Bin bin) {
        return Math.ceil(bin.lower());
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
        return number(bins.get(Prediction.indexOfLargest(probabilities)));
    }
}
