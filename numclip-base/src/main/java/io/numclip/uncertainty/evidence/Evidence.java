package io.numclip.uncertainty.evidence;

import io.numclip.data.Bins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What speaks for which numbers of an image: K classes in the order of the scale, each with a weight and the number that it
 * stands for in this image. A mean between two truths is none: the number of an image that may be of a child or of an old
 * person is not 40. So the weights are divided into humps where there is a gap, and the number is the mean of the hump that
 * holds the median.
 */
public final class Evidence {

    /** A class lies in a gap where its weight is at most this share of one before and one after it. */
    public static final double GAP = 0.05;

    private final double[] weights; // (K)
    private final double[] numbers; // (K)

    private Evidence(double[] weights, double[] numbers) {
        this.weights = weights;
        this.numbers = numbers;
    }

    /**
     * @param weights (K) not all 0
     * @param numbers (K)
     */
    public static Evidence of(double[] weights, double[] numbers) {
        return new Evidence(weights, numbers);
    }

    /** That of a network that says no more than a number. */
    public static Evidence of(double number, Bins classes) {
        double[] weights = new double[classes.size()];
        double[] numbers = new double[classes.size()];
        weights[classes.indexOf(number)] = 1;
        numbers[classes.indexOf(number)] = number;
        return new Evidence(weights, numbers);
    }

    /** Together with the nearest training images. */
    public Evidence with(Nearby nearby) {
        double[] mixed = nearby.mixed(weights);
        double[] means = new double[mixed.length];
        for (int k = 0; k < means.length; k++) {
            double sum = nearby.own() * weights[k] * numbers[k]
                    + (1 - nearby.own()) * nearby.shares()[k] * nearby.numbers()[k];
            means[k] = mixed[k] > 0 ? sum / mixed[k] : numbers[k];
        }
        return new Evidence(mixed, means);
    }

    /** The mean of the hump that holds the median; of all, where there is no gap. */
    public double number() {
        int median = median();
        return humps().stream()
                .filter(hump -> hump.holds(median))
                .findFirst()
                .orElse(new Hump(median, median + 1))
                .mean(weights, numbers);
    }

    /**
     * Another number that an image may have.
     *
     * @param weight its share of all
     */
    public record Other(double number, double weight) {}

    /** The other humps that have at least this share of the weight, in the order of the scale. */
    public List<Other> others(double share) {
        int median = median();
        double all = Arrays.stream(weights).sum();
        return humps().stream()
                .filter(hump -> !hump.holds(median) && hump.weight(weights) >= share * all)
                .map(hump -> new Other(hump.mean(weights, numbers), hump.weight(weights) / all))
                .toList();
    }

    /**
     * The classes that hold, with one of them, this share of the weight; the heaviest first.
     *
     * @param own index of the one
     */
    public List<Other> beside(int own, double share) {
        double all = Arrays.stream(weights).sum();
        double missing = share * all - weights[own];
        List<Other> beside = new ArrayList<>();
        for (int k : IntStream.range(0, weights.length)
                .filter(k -> k != own)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -weights[k]))
                .toList()) {
            if (missing > 0) {
                beside.add(new Other(numbers[k], weights[k] / all));
                missing -= weights[k];
            }
        }
        return beside;
    }

    /** The first class up to which half of the weight lies. */
    private int median() {
        double half = Arrays.stream(weights).sum() / 2;
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k];
            if (sum >= half) {
                return k;
            }
        }
        return weights.length - 1;
    }

    /** Neighbouring classes none of which lies in a gap. */
    private List<Hump> humps() {
        List<Hump> humps = new ArrayList<>();
        int start = 0;
        for (int k = 0; k <= weights.length; k++) {
            if (k == weights.length || isGap(k)) {
                if (k > start) {
                    humps.add(new Hump(start, k));
                }
                start = k + 1;
            }
        }
        return humps;
    }

    private boolean isGap(int k) {
        double lower = Math.min(largest(0, k), largest(k + 1, weights.length));
        return lower > 0 && weights[k] <= GAP * lower;
    }

    private double largest(int from, int to) {
        return IntStream.range(from, to).mapToDouble(k -> weights[k]).max().orElse(0);
    }

    /** Classes from {@code first} to {@code last} - 1. */
    private record Hump(int first, int last) {

        boolean holds(int k) {
            return k >= first && k < last;
        }

        double weight(double[] weights) {
            return IntStream.range(first, last).mapToDouble(k -> weights[k]).sum();
        }

        double mean(double[] weights, double[] numbers) {
            double sum = IntStream.range(first, last)
                    .mapToDouble(k -> weights[k] * numbers[k])
                    .sum();
            return sum / weight(weights);
        }
    }
}
