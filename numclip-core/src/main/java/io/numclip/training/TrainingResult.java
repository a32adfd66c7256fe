package io.numclip.training;

import io.numclip.training.progress.EpochResult;
import java.util.List;

/**
 * The outcome of a training run.
 *
 * @param epochs all epochs, including those before a resumption
 * @param bestEpoch the epoch whose model was kept, counted from 1
 * @param bestValidationMae that epoch's mean absolute error on the validation images
 * @param skippedImages names of images that could not be read
 */
public record TrainingResult(
        List<EpochResult> epochs, int bestEpoch, double bestValidationMae, List<String> skippedImages) {

    public TrainingResult {
        epochs = List.copyOf(epochs);
        skippedImages = List.copyOf(skippedImages);
    }
}
