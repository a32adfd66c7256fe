package io.numclip.evaluation;

import io.numclip.data.Bins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Answers every image alike. Each metric gets the constant that serves it best on the training labels, among the median
 * (best for MAE), the mean (best for RMSE) and every bin (for the accuracies).
 */
final class ConstantBaseline {

    private record Constant(double value, int bin) {}

    private final Bins bins;
    private final double[] trainingLabels;

    ConstantBaseline(Bins bins, double[] trainingLabels) {
        if (trainingLabels.length == 0) {
            throw new IllegalArgumentException("a constant baseline needs at least 1 training label; found none");
        }
        this.bins = bins;
        this.trainingLabels = trainingLabels.clone();
    }

    /** Figures of the best constants on other labels. */
    Map<OrdinalMetric, Double> evaluate(double[] labels) {
        Map<OrdinalMetric, Double> figures = new EnumMap<>(OrdinalMetric.class);
        for (OrdinalMetric metric : OrdinalMetric.values()) {
            OptionalDouble figure = metric.of(score(labels, bestFor(metric)));
            figure.ifPresent(value -> figures.put(metric, value));
        }
        return figures;
    }

    private Constant bestFor(OrdinalMetric metric) {
        List<Constant> candidates = candidates();
        Constant best = candidates.get(0);
        OptionalDouble bestFigure = metric.of(score(trainingLabels, best));
        for (Constant candidate : candidates) {
            OptionalDouble figure = metric.of(score(trainingLabels, candidate));
            if (figure.isPresent() && metric.isBetter(figure.getAsDouble(), bestFigure.orElseThrow())) {
                best = candidate;
                bestFigure = figure;
            }
        }
        return best;
    }

    private List<Constant> candidates() {
        double median = median(trainingLabels);
        double mean = Arrays.stream(trainingLabels).average().orElseThrow();
        List<Constant> candidates = new ArrayList<>();
        for (int bin = 0; bin < bins.size(); bin++) {
            candidates.add(new Constant(median, bin));
            candidates.add(new Constant(mean, bin));
        }
        return candidates;
    }

    private List<Scored> score(double[] labels, Constant constant) {
        return Arrays.stream(labels)
                .mapToObj(label -> new Scored(label, constant.value(), bins.indexOf(label), constant.bin()))
                .toList();
    }

    private static double median(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
