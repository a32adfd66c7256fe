package io.numclip.host.follow;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A figure of a run at an epoch. */
record MlflowMetric(String key, double value, Instant time, int step) {

    private static final String NOT_ALLOWED = "[^\\w\\-. :/]";

    static List<MlflowMetric> of(FollowedEpoch epoch) {
        return of(epoch.figures(), epoch.finished(), epoch.result().epoch());
    }

    static List<MlflowMetric> of(Map<String, Double> figures, Instant time, int step) {
        return figures.entrySet().stream()
                .filter(figure -> Double.isFinite(figure.getValue())) // JSON has no other numbers
                .map(figure -> new MlflowMetric(allowed(figure.getKey()), figure.getValue(), time, step))
                .toList();
    }

    /** A name as MLflow takes it. */
    static String allowed(String name) {
        return name.replaceAll(NOT_ALLOWED, "_");
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("key", key);
        tree.put("value", value);
        tree.put("timestamp", time.toEpochMilli());
        tree.put("step", step);
        return tree;
    }
}
