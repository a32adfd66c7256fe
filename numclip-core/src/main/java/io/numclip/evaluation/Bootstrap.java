package io.numclip.evaluation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Resamples the images with replacement and computes the metrics of each resample. A resample is one count per image:
 * no image, prediction or column is copied.
 */
final class Bootstrap {

    private Bootstrap() {}

    /**
     * @param scored for each metric the predictions that it scores; all of the same images
     * @return no entry where a metric is undefined in every resample, and none at all for 1 image or 0 resamples
     */
    static Map<OrdinalMetric, Interval> intervals(Map<OrdinalMetric, Scored> scored, EvaluationConfig config) {
        Map<OrdinalMetric, Interval> intervals = new EnumMap<>(OrdinalMetric.class);
        figures(scored, config).forEach((metric, figures) -> {
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
    private static Map<OrdinalMetric, double[]> figures(Map<OrdinalMetric, Scored> scored, EvaluationConfig config) {
        int count = scored.values().stream().mapToInt(Scored::count).findAny().orElse(0);
        Map<OrdinalMetric, double[]> figures = new EnumMap<>(OrdinalMetric.class);
        if (count < 2) {
            return figures;
        }
        scored.keySet().forEach(metric -> figures.put(metric, new double[config.resamples()]));
        SplittableRandom seeds = new SplittableRandom(config.seed());
        SplittableRandom[] randoms = IntStream.range(0, config.resamples())
                .mapToObj(resample -> seeds.split())
                .toArray(SplittableRandom[]::new);
        IntStream.range(0, config.resamples()).parallel().forEach(resample -> {
            int[] counts = sample(count, randoms[resample]);
            scored.forEach((metric, images) -> Objects.requireNonNull(figures.get(metric))[resample] =
                    metric.of(images, counts).orElse(Double.NaN));
        });
        return figures;
    }

    private static int[] sample(int count, SplittableRandom random) {
        int[] counts = new int[count];
        for (int i = 0; i < count; i++) {
            counts[random.nextInt(count)]++;
        }
        return counts;
    }
}
