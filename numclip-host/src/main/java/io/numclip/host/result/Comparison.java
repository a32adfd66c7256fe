package io.numclip.host.result;

import io.numclip.evaluation.Evaluator;
import io.numclip.evaluation.Figures;
import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Models compared on the same test images.
 *
 * @param count how many images
 * @param tolerance the k of the cumulative score, in the unit of the label scale
 * @param rows one for each model; that of the trained model is last
 * @param constants for each metric the best constant in words, such as {@code 36, the median}
 */
public record Comparison(int count, double tolerance, List<Row> rows, Map<OrdinalMetric, String> constants) {

    public static final String CONSTANT = "constant";
    public static final String NUMBER_WORDS = "zero-shot, number words";
    public static final String CONCEPT_WORDS = "zero-shot, concept words";

    /** @param model its name */
    public record Row(String model, Figures all) {

        /** An undefined figure has no entry. */
        public Map<OrdinalMetric, Double> figures() {
            return all.values();
        }

        /** 95 % intervals; none if there are too few images. */
        public Map<OrdinalMetric, Interval> intervals() {
            return all.intervals();
        }

        /** Those figures by {@link OrdinalMetric#key}. */
        public Map<String, Double> byKey() {
            Map<String, Double> byKey = new LinkedHashMap<>();
            figures().forEach((metric, figure) -> byKey.put(metric.key(), figure));
            return byKey;
        }

        /** The mean absolute error, which every model has. */
        public double mae() {
            return Objects.requireNonNull(figures().get(OrdinalMetric.MAE));
        }
    }

    public Comparison {
        rows = List.copyOf(rows);
        constants = Map.copyOf(constants);
    }

    /**
     * The constant baseline first, then the given models in order.
     *
     * @param count how many images the constants were scored on
     */
    static Comparison of(int count, Evaluator evaluator, Figures constant, Map<String, Figures> models) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(CONSTANT, constant));
        models.forEach((name, figures) -> rows.add(new Row(name, figures)));
        return new Comparison(count, evaluator.tolerance(), rows, evaluator.constants());
    }

    /** The best constant by the mean absolute error, in words. */
    public String constantOfMae() {
        return constants.getOrDefault(OrdinalMetric.MAE, "the same number");
    }

    /** The row of the trained model. */
    public Row trained() {
        return rows.get(rows.size() - 1);
    }

    public Row row(String model) {
        return rows.stream()
                .filter(row -> row.model().equals(model))
                .findFirst()
                .orElseThrow();
    }
}
