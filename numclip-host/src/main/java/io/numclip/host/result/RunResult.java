package io.numclip.host.result;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledPredictions;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.protocol.Leak;
import io.numclip.training.TrainingResult;
import io.numclip.uncertainty.coverage.CoverageReport;
import io.numclip.yardstick.LearningCurve;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The outcome of a run.
 *
 * @param differences of absolute errors, the trained model's minus another's, by the name of the other; empty if there are too
 *     few images
 * @param parts the figures of parts of the test images
 * @param predictions of the trained model for the test images that could be read
 * @param ordinality of the prototypes; empty for a model without words
 * @param coverage how well the intervals hold on the test images; empty if the model is not calibrated
 * @param curve what more labels would bring; empty without yardsticks, or for too few images
 * @param tested what the test images have shown
 * @param leaks images and groups that are in more than one split
 * @param dataHash SHA-256 over all three splits
 * @param took how long this process worked on it; the epochs of a resumed run may have been trained by an earlier one
 */
public record RunResult(
        RunFolder folder,
        ExperimentConfig config,
        LabelScale scale,
        Comparison comparison,
        Map<String, PairedComparison> differences,
        List<Parts> parts,
        TrainingResult training,
        LabeledPredictions predictions,
        OptionalDouble ordinality,
        Optional<CoverageReport> coverage,
        Optional<LearningCurve> curve,
        List<Finding> tested,
        List<Leak> leaks,
        String dataHash,
        Duration took) {}
