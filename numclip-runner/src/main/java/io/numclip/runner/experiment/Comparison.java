package io.numclip.runner.experiment;

import io.numclip.evaluation.Evaluation;
import io.numclip.evaluation.OrdinalMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Models beside each other on the same test images.
 *
 * @param count how many images
 * @param rows one for each model; that of the trained model stands last
 */
public record Comparison(int count, List<Row> rows) {

    public static final String CONSTANT = "constant";
    public static final String NUMBER_WORDS = "zero-shot, number words";
    public static final String CONCEPT_WORDS = "zero-shot, concept words";

    /**
     * @param model its name
     * @param figures an undefined figure has no entry
     */
    public record Row(String model, Map<OrdinalMetric, Double> figures) {}

    public Comparison {
        rows = List.copyOf(rows);
    }

    /** The constant baseline first, then the given models in order. */
    static Comparison of(Map<String, Evaluation> evaluations) {
        Evaluation any = evaluations.values().iterator().next();
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(CONSTANT, any.constant()));
        evaluations.forEach((name, evaluation) -> rows.add(new Row(name, evaluation.model())));
        return new Comparison(any.count(), rows);
    }

    /** What the trained model came to. */
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
