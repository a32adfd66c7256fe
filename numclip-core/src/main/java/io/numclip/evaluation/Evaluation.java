package io.numclip.evaluation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good a model is, beside the best constant answer. An undefined figure has no entry.
 *
 * @param count number of images scored
 * @param model figures of the model
 * @param constant for each metric, the figure of the constant that is best by that metric on the training labels
 */
public record Evaluation(int count, Map<OrdinalMetric, Double> model, Map<OrdinalMetric, Double> constant) {

    private static final String ROW = "%-10s  %10s  %10s%n";

    public Evaluation {
        if (count < 1) {
            throw new IllegalArgumentException("an evaluation needs at least 1 image; found " + count);
        }
        model = ordered(model);
        constant = ordered(constant);
    }

    /** Rows are metrics, columns are the model and the constant; ends with a line break. */
    public String table() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(Locale.ROOT, ROW, "", "model", "constant"));
        for (OrdinalMetric metric : OrdinalMetric.values()) {
            String ours = format(model.get(metric));
            String baseline = format(constant.get(metric));
            table.append(String.format(Locale.ROOT, ROW, metric.title(), ours, baseline));
        }
        return table.toString();
    }

    private static String format(@Nullable Double figure) {
        return figure == null ? "undefined" : String.format(Locale.ROOT, "%.3f", figure);
    }

    private static Map<OrdinalMetric, Double> ordered(Map<OrdinalMetric, Double> figures) {
        Map<OrdinalMetric, Double> ordered = new EnumMap<>(OrdinalMetric.class);
        ordered.putAll(figures);
        return Collections.unmodifiableMap(ordered);
    }
}
