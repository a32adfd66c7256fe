package io.numclip.evaluation;

import io.numclip.data.Bins;
import io.numclip.evaluation.OrdinalMetric.LooksAt;
import io.numclip.uncertainty.ExactNumber;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Predicts the same for every image. Each metric gets the constant that is best for it on the training labels: for
 * metrics of values one of their median, their mean and the labels themselves; for metrics of bins one of the bins; for
 * the metric of probabilities the shares of the bins. Metrics of order have none.
 */
final class ConstantBaseline {

    private static final int MOST_LABELS = 200;
    private static final MathContext DIGITS = new MathContext(4);

    /** @param words what the constant is */
    private record Constant(double value, int bin, String words) {}

    private final Bins bins;
    private final double tolerance;
    private final double[] shares;
    private final Map<OrdinalMetric, Constant> best = new EnumMap<>(OrdinalMetric.class);

    ConstantBaseline(Bins bins, double[] trainingLabels, double tolerance) {
        if (trainingLabels.length == 0) {
            throw new IllegalArgumentException("a constant baseline needs at least 1 training label; found none");
        }
        this.bins = bins;
        this.tolerance = tolerance;
        Truth training = new Truth(bins, trainingLabels);
        this.shares = shares(training);
        choose(LooksAt.VALUE, values(trainingLabels), training);
        choose(LooksAt.BIN, concepts(), training);
        choose(LooksAt.PROBABILITIES, List.of(new Constant(0, 0, "the shares of the bins")), training);
    }

    /** The number that is best by a metric of values. */
    double value(OrdinalMetric metric) {
        return Objects.requireNonNull(best.get(metric)).value();
    }

    /** For each metric the predictions of its best constant; a metric of order has none. */
    Map<OrdinalMetric, Scored> scored(Truth truth) {
        Map<OrdinalMetric, Scored> scored = new EnumMap<>(OrdinalMetric.class);
        best.forEach((metric, constant) -> scored.put(metric, score(truth, constant)));
        return scored;
    }

    /** The best constant of each metric, in words. */
    Map<OrdinalMetric, String> inWords() {
        Map<OrdinalMetric, String> words = new EnumMap<>(OrdinalMetric.class);
        best.forEach((metric, constant) -> words.put(metric, constant.words()));
        return words;
    }

    private void choose(LooksAt aspect, List<Constant> candidates, Truth training) {
        List<OrdinalMetric> metrics = Arrays.stream(OrdinalMetric.values())
                .filter(metric -> metric.looksAt() == aspect)
                .toList();
        Map<OrdinalMetric, Double> figures = new EnumMap<>(OrdinalMetric.class);
        for (Constant candidate : candidates) {
            Scored scored = score(training, candidate);
            for (OrdinalMetric metric : metrics) {
                OptionalDouble figure = metric.of(scored);
                Double before = figures.get(metric);
                boolean first = !best.containsKey(metric);
                if (first || (before != null && figure.isPresent() && metric.isBetter(figure.getAsDouble(), before))) {
                    best.put(metric, candidate);
                    figure.ifPresent(now -> figures.put(metric, now));
                }
            }
        }
    }

    private Scored score(Truth truth, Constant constant) {
        return Scored.constant(truth, tolerance, constant.value(), constant.bin(), shares);
    }

    private static List<Constant> values(double[] labels) {
        double[] sorted = Arrays.stream(labels).sorted().toArray();
        double[] distinct = Arrays.stream(sorted).distinct().toArray();
        List<Constant> values = new ArrayList<>();
        values.add(new Constant(median(sorted), 0, ExactNumber.text(median(sorted), DIGITS) + ", the median"));
        double mean = Arrays.stream(sorted).average().orElseThrow();
        values.add(new Constant(mean, 0, ExactNumber.text(mean, DIGITS) + ", the mean"));
        int kept = Math.min(distinct.length, MOST_LABELS);
        for (int i = 0; i < kept; i++) {
            double label = distinct[(int) ((long) i * (distinct.length - 1) / Math.max(1, kept - 1))];
            values.add(new Constant(label, 0, ExactNumber.text(label, DIGITS)));
        }
        return values;
    }

    /** The most common first, so that it wins ties. */
    private List<Constant> concepts() {
        int majority = 0;
        for (int bin = 1; bin < shares.length; bin++) {
            majority = shares[bin] > shares[majority] ? bin : majority;
        }
        List<Constant> concepts = new ArrayList<>();
        concepts.add(new Constant(0, majority, bins.get(majority).concept() + ", the majority"));
        for (int bin = 0; bin < bins.size(); bin++) {
            concepts.add(new Constant(0, bin, bins.get(bin).concept()));
        }
        return concepts;
    }

    private static double[] shares(Truth training) {
        double[] shares = new double[training.bins()];
        for (int bin : training.labelBins()) {
            shares[bin] += 1.0 / training.count();
        }
        return shares;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
