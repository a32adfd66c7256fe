package io.numclip.host.follow;

import io.numclip.training.progress.EpochResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An epoch that is over.
 *
 * @param learningRates of the parts that were trained in it, by the names of their settings
 */
public record FollowedEpoch(EpochResult result, Instant finished, Map<String, Double> learningRates) {

    /** The epoch's mean absolute error on the validation images. */
    static final String VALIDATION_MAE = "validation/mae";

    /** Its figures under the names that TensorBoard and MLflow show, grouped by what stands before the slash. */
    Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss/total", result.totalLoss());
        result.losses().forEach((name, loss) -> figures.put("loss/" + name, loss));
        figures.put(VALIDATION_MAE, result.validationMae());
        learningRates.forEach((part, rate) -> figures.put("learningRate/" + part, rate));
        figures.put("epoch/seconds", result.seconds());
        figures.put("epoch/skippedSteps", (double) result.skippedSteps());
        return figures;
    }
}
