package io.numclip.host.compare;

import io.numclip.data.LabeledPredictions;
import io.numclip.evaluation.OrdinalMetric;
import java.util.Map;

/**
 * The outcome of one training of a comparison, on its test images; a trial has no figures and no predictions.
 *
 * @param title the method in tables
 * @param model its figures, by {@link OrdinalMetric#key}; an undefined figure has no entry
 * @param constant those of the best constant prediction
 * @param parts MAE on test images whose labels have many, medium and few training images; a part without images has no
 *     entry
 * @param trainedParameters how many numbers were trained
 * @param steps of the optimizer, over all epochs
 * @param seconds of training, without reading images
 * @param predictions for the test images, so that tables can be made again
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
        LabeledPredictions predictions) {

    /** The same training with its figures on test images. */
    CellResult tested(
            Map<String, Double> model,
            Map<String, Double> constant,
            Map<String, Double> parts,
            LabeledPredictions predictions) {
        return new CellResult(
                title,
                source,
                unit,
                model,
                constant,
                parts,
                bestEpoch,
                validationMae,
                trainedParameters,
                steps,
                seconds,
                predictions);
    }
}
