package io.numclip.evaluation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The metrics of one model, in their order.
 *
 * @param values a metric that is undefined has no entry
 * @param intervals 95 % bootstrap intervals; none where there is too little to resample
 */
public record Figures(Map<OrdinalMetric, Double> values, Map<OrdinalMetric, Interval> intervals) {

    public Figures {
        values = ordered(values);
        intervals = ordered(intervals);
    }

    /**
     * @param scored for each metric the predictions that it scores; all of the same images
     * @param clusters of these images
     */
    static Figures of(Map<OrdinalMetric, Scored> scored, Clusters clusters, EvaluationConfig config) {
        Map<OrdinalMetric, Double> values = new EnumMap<>(OrdinalMetric.class);
        scored.forEach((metric, images) -> metric.of(images).ifPresent(value -> values.put(metric, value)));
        Map<OrdinalMetric, Scored> defined = new EnumMap<>(scored);
        defined.keySet().retainAll(values.keySet());
        return new Figures(values, Bootstrap.intervals(defined, clusters, config));
    }

    private static <T> Map<OrdinalMetric, T> ordered(Map<OrdinalMetric, T> figures) {
        Map<OrdinalMetric, T> ordered = new EnumMap<>(OrdinalMetric.class);
        ordered.putAll(figures);
        return Collections.unmodifiableMap(ordered);
    }
}
