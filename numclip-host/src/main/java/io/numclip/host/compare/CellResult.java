package io.numclip.host.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.result.NamedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The outcome of one training of a comparison, on its test images; a trial has no figures and no predictions. Its component names
 * are the keys of a {@link CellFile}.
 *
 * @param title the method in tables
 * @param model its figures, by {@link OrdinalMetric#key}; an undefined figure has no entry
 * @param constant those of the best constant prediction
 * @param parts MAE on test images whose labels have many, medium and few training images; a part without images has no
 *     entry
 * @param trainedParameters how many numbers were trained
 * @param steps of the optimizer, over all epochs
 * @param seconds of training, without reading images
 * @param rows what was predicted for the test images, so that tables can be made again
 */
public record CellResult(
        String title,
        String source,
        String unit,
        Map<String, Double> model,
        Map<String, Double> constant,
        Map<String, Double> parts,
        int bestEpoch,
        double validationMae,
        long trainedParameters,
        int steps,
        double seconds,
        List<String> concepts,
        @JsonProperty("predictions") List<Row> rows) {

    /** A test image; of its person or scene the group is kept. */
    record Row(String image, String group, double label, double value, List<Double> probabilities) {}

    /** The predictions for the test images. */
    public LabeledPredictions predictions() {
        return new LabeledPredictions(
                rows.stream()
                        .map(row -> NamedImage.labeled(row.image, row.label, row.group))
                        .toList(),
                rows.stream().map(this::prediction).toList());
    }

    private Prediction prediction(Row row) {
        List<Prediction.Concept> all = new ArrayList<>();
        for (int k = 0; k < concepts.size(); k++) {
            all.add(new Prediction.Concept(concepts.get(k), row.probabilities.get(k)));
        }
        return new Prediction(row.value, all);
    }
}
