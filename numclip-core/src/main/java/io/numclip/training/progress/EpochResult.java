package io.numclip.training.progress;

import java.util.Map;

/**
 * The outcome of one epoch.
 *
 * @param epoch counted from 1
 * @param losses unweighted mean over the epoch's images, by name, in the order of the configuration
 * @param totalLoss the weighted sum
 * @param validationMae mean absolute error on the validation images, in the unit of the label scale
 * @param best whether it is at least as good as all epochs before
 * @param skippedSteps steps skipped because a loss or gradient was not finite
 * @param seconds of training and validation; in the first epoch of a process also of encoding all images with a frozen
 *     image tower
 */
public record EpochResult(
        int epoch,
        Map<String, Double> losses,
        double totalLoss,
        double validationMae,
        boolean best,
        int skippedSteps,
        double seconds) {}
