package io.numclip.evaluation;

import io.numclip.evaluation.OrdinalMetric.Statistic;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Resamples the clusters of images with replacement and computes the metrics of each resample. A resample is one count
 * per image: no image, prediction or column is copied.
 */
final class Bootstrap {

    private Bootstrap() {}

    /**
     * @param scored for each metric the predictions that it scores; all of the same images
     * @param clusters of these images
     * @return no entry where a metric is undefined in every resample, and none at all for 1 cluster or 0 resamples
     */
    static Map<OrdinalMetric, Interval> intervals(
            Map<OrdinalMetric, Scored> scored, Clusters clusters, EvaluationConfig config) {
        Map<OrdinalMetric, Interval> intervals = new EnumMap<>(OrdinalMetric.class);
        figures(scored, clusters, config).forEach((metric, figures) -> {
            double[] defined = Arrays.stream(figures)
                    .filter(figure -> !Double.isNaN(figure))
                    .toArray();
            if (defined.length > 0) {
                intervals.put(metric, Interval.middle(defined));
            }
        });
        return intervals;
    }

    /** One figure per resample; NaN where it is undefined. */
    private static Map<OrdinalMetric, double[]> figures(
            Map<OrdinalMetric, Scored> scored, Clusters clusters, EvaluationConfig config) {
        Map<OrdinalMetric, double[]> figures = new EnumMap<>(OrdinalMetric.class);
        if (clusters.count() < 2) {
            return figures;
        }
        Map<OrdinalMetric, Statistic> statistics = new EnumMap<>(OrdinalMetric.class);
        scored.forEach((metric, images) -> {
            figures.put(metric, new double[config.resamples()]);
            statistics.put(metric, metric.on(images));
        });
        SplittableRandom seeds = new SplittableRandom(config.seed());
        SplittableRandom[] randoms = IntStream.range(0, config.resamples())
                .mapToObj(resample -> seeds.split())
                .toArray(SplittableRandom[]::new);
        IntStream.range(0, config.resamples()).parallel().forEach(resample -> {
            int[] counts = clusters.draw(randoms[resample]);
            statistics.forEach((metric, statistic) -> Objects.requireNonNull(figures.get(metric))[resample] =
                    statistic.of(counts).orElse(Double.NaN));
        });
        return figures;
    }
}
