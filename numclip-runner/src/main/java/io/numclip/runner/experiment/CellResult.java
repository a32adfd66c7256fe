package io.numclip.runner.experiment;

import io.numclip.evaluation.OrdinalMetric;
import java.util.List;
import java.util.Map;

/**
 * What one training of a comparison came to on its test images.
 *
 * @param title the method in tables
 * @param model its figures, by {@link OrdinalMetric#key}; an undefined figure has no entry
 * @param constant those of the best constant answer
 * @param parts MAE on test images whose labels have many, medium and few training images; a part without images has no
 *     entry
 * @param trainedParameters how many numbers were learnt
 * @param seconds of training, without reading images
 * @param answers one for each test image, so that tables can be made anew
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
        double seconds,
        List<Answer> answers) {

    /**
     * What was said of a test image.
     *
     * @param image its name
     * @param probabilities of each concept
     */
    public record Answer(String image, double label, double value, List<Double> probabilities) {

        public double error() {
            return Math.abs(value - label);
        }
    }

    public CellResult {
        answers = List.copyOf(answers);
    }
}
